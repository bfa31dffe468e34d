"""The mails of a selection: through the outbox, in the reader's language. Their first line is the subject."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from sqcuola.admissions import instants
from sqcuola.admissions.acts import RankingClosed
from sqcuola.admissions.models import Application, Offer, RankingLine
from sqcuola.kernel import acts, outbox
from sqcuola.kernel.models import Act

Facts = Callable[[], dict[str, str]]


def _post(
    template: str, application: Application, *, key: str, page: str, at: datetime, facts: Facts
) -> None:
    """Put a mail into the outbox, once for each key, in the caller's transaction; `facts` are said in its language."""
    person, edition = application.person, application.edition
    with translation.override(person.language):
        context = {
            "name": person.name,
            "edition": edition.title,
            "site": settings.SITE_URL,
            "url": reverse(page, args=[edition.slug]),
            **facts(),
        }
        whole = render_to_string(f"admissions/mail/{template}.txt", context).strip()
        subject, _newline, text = whole.partition("\n")
        paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
        html = render_to_string(
            "editions/mail.html",
            {"subject": subject, "paragraphs": paragraphs, "language": person.language},
        )
    outbox.put(
        key=key,
        to=person.email,
        subject=subject,
        text=text.strip() + "\n",
        html=html,
        language=person.language,
        at=at,
    )


def send_receipt(application: Application, at: datetime) -> None:
    """Send the receipt of what was handed in; handed in again, there is a new one."""
    _post(
        "receipt",
        application,
        key=f"admissions.receipt:{application.pk}:{at.isoformat()}",
        page="admissions:apply",
        at=at,
        facts=lambda: {
            "code": application.code,
            "test_code": application.test_code,
            "when": instants.to_the_second(at, application.edition),
            "fingerprint": application.digest[:16],
            "act": str(application.head_seq),
            "head": application.head[:16],
        },
    )


def send_offer(offer: Offer, at: datetime) -> None:
    """Tell somebody of the seat they are offered."""
    edition = offer.application.edition
    _post(
        "offer",
        offer.application,
        key=f"admissions.offer:{offer.pk}",
        page="admissions:result",
        at=at,
        facts=lambda: {
            "seat": str(offer.seat.number),
            "deadline": instants.deadline(offer.deadline, edition),
        },
    )


@acts.receiver(RankingClosed, name="admissions.tell-ranked")
def tell_the_ranked(act: Act) -> None:
    """Tell everybody in a closed ranking that it is; told twice, they hear it once."""
    if act.payload is None:
        return
    lines = RankingLine.objects.filter(ranking__edition=act.payload["edition"])
    for line in lines.select_related("application__person", "application__edition"):
        key = f"admissions.ranked:{line.pk}"
        _post("ranked", line.application, key=key, page="admissions:result", at=act.at, facts=dict)
