"""The few tags and filters that pages and components of the house use."""

from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from sqcuola.ui import dates, faces, frame, sheets
from sqcuola.ui.addresses import address

register = template.Library()

register.filter("initials", faces.initials)
register.filter("tone", faces.tone)
for said in (
    dates.clock,
    dates.long_day,
    dates.full_day,
    dates.short_day,
    dates.week_day,
    dates.moment,
    dates.deadline,
):
    register.filter(said.__name__, said)


@register.simple_tag
def house(which: str) -> str:
    """Return the url of the house's stylesheet ("css"), script ("js") or mark ("mark")."""
    return sheets.mark() if which == "mark" else address("ui:sheet", sheets.joined(which).name)


@register.simple_tag(takes_context=True)
def the_frame(context: Context, *, public: str = "") -> frame.Frame:
    """Return what stands around this page; an empty frame where there is no request (an error page)."""
    request = context.get("request")
    return frame.build(request, public=bool(public)) if isinstance(request, HttpRequest) else frame.Frame()


class CaptureNode(template.Node):
    def __init__(self, inside: NodeList, name: str) -> None:
        self.inside = inside
        self.name = name

    def render(self, context: Context) -> SafeString:
        words = self.inside.render(context).strip()
        context[self.name] = mark_safe(words)  # rendered by the template itself, escaped there
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """Keep what is inside under a name, so that a page says its title once and it stands in two places."""
    _, _as, name = token.split_contents()
    inside = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(inside, name)


@register.filter
def share(value: float | str, whole: float | str) -> float:
    """Return value in whole as a percentage from 0 to 100, for the width of a bar."""
    of = float(whole)
    return round(max(0.0, min(100.0, 100 * float(value) / of)), 2) if of else 0.0


@register.filter
def undo_url(extra_tags: str | None) -> str:
    """Return the url that takes a toast's deed back, if it has one."""
    return extra_tags.removeprefix("undo:") if extra_tags and extra_tags.startswith("undo:") else ""


@register.filter
def way_on(extra_tags: str | None) -> tuple[str, str]:
    """Return the url a toast leads on to and the words of its link; two empty texts where it does not."""
    url, _bar, act = (extra_tags or "").removeprefix("to:").partition("|")
    return (url, act) if extra_tags and extra_tags.startswith("to:") else ("", "")


@register.filter
def grouped(code: str) -> str:
    """Return a fingerprint in groups of four, as one reads it to somebody else."""
    plain = str(code)
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


@register.filter
def left(bound: BoundField) -> int:
    """Return how many characters still fit in a field, as its form counts them; less than nothing where it is too long."""
    words = str(bound.value() or "").replace("\r\n", "\n").strip()
    return int(getattr(bound.field, "max_length", 0) or 0) - len(words)


@register.filter
def over(n: int) -> int:
    """Return by how much something is too long, from what would be left."""
    return -n


@register.filter
def has_optional(form: Any) -> bool:
    """Tell whether some fields of a form may stay empty."""
    return any(not bound.field.required for bound in form.visible_fields())
