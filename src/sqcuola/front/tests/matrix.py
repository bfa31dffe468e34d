"""Who may open the pages of `front`."""

from sqcuola.kernel.permissions import EVERYONE, Row

ROWS = [Row("front:home", allowed=EVERYONE)]
