"""What people type, a file a topic."""
