"""SQcuola runs the whole life of a social master, from the call to the next edition."""

__version__ = "0.1.0"
