"""Names that the measuring process and the report share: the report reads no settings."""

ANEW = "cockpit, nothing remembered"  # what it costs once a minute; nothing was promised of it
