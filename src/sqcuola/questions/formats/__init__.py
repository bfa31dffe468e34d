"""Files of questions that others wrote. Pure: bytes in, items out, nothing dropped without saying so."""

from sqcuola.questions.formats.items import Choice, Item, Loss, Refused, Taken
from sqcuola.questions.formats.reading import Looked, Unreadable, look

__all__ = ["Choice", "Item", "Looked", "Loss", "Refused", "Taken", "Unreadable", "look"]
