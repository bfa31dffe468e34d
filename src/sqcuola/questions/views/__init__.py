"""Pages of tests and of the bank."""
