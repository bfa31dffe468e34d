"""What may stand in the log as the value of an answer. Whatever a browser sends passes here."""

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.numbers import whole
from sqcuola.kernel.verdicts import Refused
from sqcuola.questions.models import AttemptQuestion, Question

LONGEST = {Question.Kind.SHORT: 500, Question.Kind.NUMERICAL: 60, Question.Kind.ESSAY: 20_000}
STRANGE = _("That is not one of the answers on this page. Reload the page: what was saved is still there.")
TOO_LONG = _("This answer is longer than the page takes. Shorten it a little, and it is saved.")


def cleaned(asked: AttemptQuestion, value: str) -> str:
    """Return a value as it is written into the log, or refuse it with a sentence."""
    kind = asked.question.kind
    if kind in LONGEST:
        text = value.strip().replace("\r\n", "\n").replace("\0", "")
        if len(text) > LONGEST[Question.Kind(kind)]:
            raise Refused(TOO_LONG)
        return text
    if not value:
        return ""
    if kind == Question.Kind.MATCHING:
        return _pairs(asked, value)
    chosen = _ids(value.split(","))
    if not chosen <= set(asked.options) or (kind != Question.Kind.MULTIPLE and len(chosen) > 1):
        raise Refused(STRANGE)
    return ",".join(str(pk) for pk in sorted(chosen))


def from_page(asked: AttemptQuestion, said: str) -> str:
    """Return what a page says of a choice as ids, out of places in the order drawn for this attempt.

    A page names no ids: they stand in the order of the file, where the right answer is often the first, and both halves
    of a pair have the same. A place that is not there becomes 0, which `cleaned` refuses.
    """
    if asked.question.kind in LONGEST or not said:
        return said
    if asked.question.kind != Question.Kind.MATCHING:
        return ",".join(_at(place, asked.options) for place in said.split(","))
    pairs = (pair.partition("=") for pair in said.split(","))
    return ",".join(
        f"{_at(left, asked.options)}={_at(right, asked.matches)}" for left, _sign, right in pairs if right
    )


def _at(place: str, drawn: list[int]) -> str:
    number = whole(place, digits=4) or 0
    return str(drawn[number - 1]) if 0 < number <= len(drawn) else "0"


def _ids(texts: list[str]) -> set[int]:
    found = {whole(text) for text in texts}
    if None in found:
        raise Refused(STRANGE)
    return {number for number in found if number is not None}


def _pairs(asked: AttemptQuestion, value: str) -> str:
    chosen: dict[int, int] = {}
    for pair in value.split(","):
        left, _sign, right = pair.partition("=")
        if not right:
            continue
        (one,), (other,) = _ids([left]), _ids([right])
        if one not in asked.options or other not in asked.matches:
            raise Refused(STRANGE)
        chosen[one] = other
    return ",".join(f"{one}={other}" for one, other in sorted(chosen.items()))
