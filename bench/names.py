"""Names that the measuring process and the report share: the report reads no settings."""

ANEW = "nothing remembered"  # what a page costs once a minute; nothing was promised of it
