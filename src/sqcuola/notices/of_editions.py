"""What the room of editions says: the room below knows of no words that an edition can change, so they stand here."""

from datetime import datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sqcuola.editions import mail, zones
from sqcuola.editions.acts import EditionCancelled, EditionPostponed
from sqcuola.editions.models import Change, Phase
from sqcuola.editions.queries import lasting
from sqcuola.kernel import acts, clock
from sqcuola.kernel.models import Act
from sqcuola.notices import posting, texts
from sqcuola.notices.actions.telling import tell
from sqcuola.notices.texts import Field, Said
from sqcuola.people.models import Person

ANSWERED, INVITATION = "editions.answered", "editions.invitation"
CHANGES = {
    "call-extended": "editions.extended",
    "edition-postponed": "editions.postponed",
    "edition-cancelled": "editions.called-off",
}
REASON = Field(_("why, as everybody reads it"), _("The form did not open for an afternoon."))


def register() -> None:
    """Register the texts of editions, and how its letters are posted."""
    _register_letters()
    _register_changes()
    mail.register(post)


def _register_letters() -> None:
    texts.register(
        ANSWERED,
        title=_("The answer to a question about the call"),
        subject=_("Your question about {edition} has an answer"),
        body=_(
            "You asked:\n\n{question}\n\nThe answer:\n\n{answer}\n\nEverybody can read it, without your name: {url}\n\n"
            "Your address was kept for this mail only, and is deleted now."
        ),
        fields={
            "question": Field(_("the question"), _("Do I need a degree?")),
            "answer": Field(_("the answer"), _("No. You need to be of age on the day the call closes.")),
        },
        stage=Phase.Kind.CALL,
        needs=("answer",),
        firm=True,
        nameless=True,
    )
    texts.register(
        INVITATION,
        title=_("Somebody is asked to take on a role"),
        subject=_("{by} asks you to be {role} of {edition}"),
        body=_(
            "Hello {name},\n\n{by} would like you to be {role} of {edition}.\n\nThis link shows you what it is about, and you "
            "say yes or no there. It works for two weeks.\n\nRead and answer: {url}\n\n"
            "If you do not know what this is about, you need not do anything."
        ),
        fields={
            "by": Field(_("who asks"), "Lidia Ferrante"),
            "role": Field(_("the role, and what about"), _("teacher (measuring)")),
        },
        needs=("url",),
        firm=True,
    )


def _register_changes() -> None:
    texts.register(
        CHANGES["call-extended"],
        title=_("The call stays open longer"),
        subject=_("The call of {edition} stays open until {until}"),
        body=_(
            "Hello {name},\n\nthe call of {edition} stays open longer: until {until}.\n\nWhy: {reason}\n\n"
            "What you wrote is as you left it. Until then you can change it and hand in.\n\nGo on: {url}"
        ),
        fields={"until": Field(_("the new end"), _("Monday 30 November 2026, 23:59")), "reason": REASON},
        stage=Phase.Kind.CALL,
        needs=("until",),
    )
    texts.register(
        CHANGES["edition-postponed"],
        title=_("The edition is put off"),
        subject=_("{edition} is put off by {days} days"),
        body=_(
            "Hello {name},\n\nwhat is still to come of {edition} is put off by {days} days.\n\nWhy: {reason}\n\n"
            "The new dates stand on its page: {url}"
        ),
        fields={"days": Field(_("by how many days"), "7"), "reason": REASON},
        needs=("days",),
    )
    texts.register(
        CHANGES["edition-cancelled"],
        title=_("The edition is called off"),
        subject=_("{edition} is called off"),
        body=_(
            "Hello {name},\n\n{edition} is called off.\n\nWhy: {reason}\n\nNothing you wrote is lost, and nobody else reads "
            "it.\n\nIts page stays: {url}"
        ),
        choice=False,
        fields={"reason": REASON},
    )


def post(letter: mail.Letter, at: datetime) -> None:
    """Put a letter of an edition into the outbox, in the edition's words."""
    said = texts.words_of(texts.named(letter.text), letter.edition.pk, letter.language)
    common = {
        "edition": letter.edition.title,
        "school": posting.school_name(),
        "url": posting.whole(letter.url),
    }
    filled: Said = texts.filled(said, {**common, **letter.values})
    posting.post_to(letter.to, filled, language=letter.language, key=letter.key, at=at)


@acts.receiver(
    EditionPostponed,
    EditionCancelled,
    name="notices.tell-change",
    says=_("tells who is in an edition that it was put off or called off"),
)
def tell_who_is_in(act: Act) -> None:
    """Tell who works in an edition, or is in its class, what was changed in public; but not who changed it."""
    change = change_of(act)
    if change is None:
        return
    at = clock.now()
    works = lasting(at, "roles__") & Q(roles__edition=change.edition_id)
    learns = lasting(at, "memberships__") & Q(memberships__group__edition=change.edition_id)
    for person in Person.objects.filter(works | learns).distinct():
        if person.pk != change.by_id:
            pass_on(change, act, person, url=change.edition.path, at=at)


def change_of(act: Act) -> Change | None:
    """Return what was changed in public by an act; None when it was not public, or is no such act."""
    if act.payload is None or act.verb not in CHANGES:
        return None
    kinds = {
        "call-extended": Change.Kind.EXTENDED,
        "edition-postponed": Change.Kind.POSTPONED,
        "edition-cancelled": Change.Kind.CANCELLED,
    }
    found = Change.objects.filter(edition=act.payload["edition"], kind=kinds[act.verb], at=act.at)
    return found.select_related("edition").first()


def pass_on(change: Change, act: Act, person: Person, *, url: str, at: datetime) -> None:
    """Tell a person of a change; whoever is told by two rooms hears it once."""
    edition = change.edition
    data = {"reason": change.reason}
    with translation.override(person.language):
        if change.now is not None:
            data["until"] = zones.said(change.now, edition.zone, is_end=True)
        if act.payload and "days" in act.payload:
            data["days"] = str(act.payload["days"])
    tell(person, CHANGES[act.verb], url=url, at=at, data=data, edition=edition, thing=str(act.pk), act=act)
