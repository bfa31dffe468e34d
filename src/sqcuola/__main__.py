"""`python -m sqcuola` is the command `sqcuola`."""

from sqcuola.config.cli import main

main()
