"""Who may open the urls of `ui`, which `config` declares for it."""

from sqcuola.kernel.permissions import EVERYONE, Row

ROWS = [
    Row("healthz", allowed=EVERYONE),
    Row("ui:style", allowed=EVERYONE),
    Row("ui:sheet", allowed=EVERYONE, kwargs=lambda cast: {"name": "house.css"}),
    Row("ui:language", "POST", allowed=EVERYONE, data=lambda cast: {"language": "en", "next": "/"}),
]
