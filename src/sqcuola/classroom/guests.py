"""The people one asks into a class, as they are pasted: a line each, a name and an address in any order."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

ADDRESS = re.compile(r"[^\s<>,;\"()]+@[^\s<>,;\"()]+")
AROUND = ' \t<>,;"()'
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be asked. The address is in lower case."""

    name: str
    email: str


def read(written: str) -> tuple[list[Guest], list[str]]:
    """Return whom the lines name, each address once, and a sentence for each line that cannot be read."""
    found: dict[str, Guest] = {}
    wrong: list[str] = []
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip(AROUND):
            continue
        guest, problem = _read_line(line)
        if guest is None:
            wrong.append(_("Line %(number)d: %(problem)s") % {"number": number, "problem": problem})
        else:
            found.setdefault(guest.email, guest)
    return list(found.values()), wrong


def _read_line(line: str) -> tuple[Guest | None, str]:
    addresses = ADDRESS.findall(line)
    if not addresses:
        return None, _("there is no mail address in it.")
    if len(addresses) > 1:
        return None, _("it has more than one address: a person a line.")
    address = addresses[0].strip(".").lower()
    try:
        validate_email(address)
    except ValidationError:
        return None, _("«%(address)s» is not a mail address.") % {"address": address}
    name = " ".join(line.replace(addresses[0], " ").strip(AROUND).split())
    name = re.sub(r"\s*[<>,;\"()]+\s*", " ", name).strip()
    if not name:
        return None, _("say the name too, beside the address.")
    if len(name) > LONGEST:
        return None, _("the name is very long: is it one person?")
    return Guest(name, address), ""
