"""One person with a canary in every personal field, and who may come across which of them.

`plant(cast)` gives Zelinda a row in the models of the privacy register and writes a word that exists nowhere else into each
field of `MAY_READ`. `walk` opens every url of the house as each kind of person. Zelinda may read what is hers, and
so may those whom `MAY_READ` names; whoever else comes across a canary has found a leak.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from sqcuola.admissions.models import (
    Accommodation,
    Application,
    CvClaim,
    CvItem,
    Draft,
    Letter,
    LetterAnswer,
    LetterQuestion,
)
from sqcuola.admissions.tests.matrix import sent
from sqcuola.editions.models import Clarification, Invitation, Membership, Role
from sqcuola.editions.queries import class_of
from sqcuola.kernel import ids, outbox, privacy
from sqcuola.kernel.models import Outgoing
from sqcuola.marking.models import Assignment, Paper, Sheet
from sqcuola.notices.models import Notice
from sqcuola.people import actions, evidence
from sqcuola.people.models import Device, FormerAddress, Person, Purpose, SignInCode
from sqcuola.questions import actions as questions
from sqcuola.questions.models import Allowance, AnswerEntry, Blueprint, Question

SELF = "zelinda"
# Drawn, and so words of their own; or never changed once they are written.
AS_THEY_ARE = {"code", "test_code", "value"}
DAY = timedelta(days=1)
# Who is in her class, runs it or teaches it.
MATE = ("classmate", "coordinator", "teacher of the class")
STAFF = (
    "coordinator",
    "keeper of papers",
    "teacher",
    "teacher of the class",
    "reader of the class",
    "administrator",
)
MEMBERS = ("classmate", *STAFF)
KEEPER = ("keeper of papers",)
RUNS = "coordinator at"  # a kind, or a kind at one url
TABLE = "administrator at admin:"
# Who reads blind meets her where every member does, and on no page of the reading.
READS = "reader with papers at people:page"
# Who may come across what, beside Zelinda herself. The fields of her profile are open each to another circle; who applies
# tells where from to who runs the selection, on the pages of the selection.
MAY_READ: dict[str, tuple[str, ...]] = {
    "admissions.Accommodation.granted": KEEPER,
    "admissions.Accommodation.wanted": KEEPER,
    "admissions.Application.born": (),
    "admissions.Application.code": KEEPER,
    "admissions.Application.test_code": (),
    "admissions.CvClaim.evidence": (),
    "admissions.Draft.typed": (),
    "admissions.LetterAnswer.words": (),
    "editions.Clarification.email": (),
    "editions.Clarification.question": (f"{RUNS} editions:answer", f"{RUNS} editions:to_answer"),
    "editions.Invitation.about": (),
    "editions.Invitation.code": (),
    "kernel.Outgoing.html": (),
    "kernel.Outgoing.subject": (),
    "kernel.Outgoing.text": (),
    "kernel.StoredFile.name": KEEPER,
    "marking.Sheet.words": (),
    "notices.Notice.data": (),
    "people.Competence.name": (f"{TABLE}people_competence_changelist", *MATE),
    "people.Device.browser": (),
    "people.Device.system": (),
    "people.Evidence.title": MATE,
    "people.Evidence.url": MATE,
    "people.FormerAddress.email": (),
    "people.Person.email": (f"{RUNS} notices:write", f"{TABLE}people_person_changelist"),
    "people.Person.handle": (f"{TABLE}people_person_changelist", *MATE),
    "people.Person.name": (*MEMBERS, READS),
    "people.Profile.employer": (*MEMBERS, READS),
    "people.Profile.region": MATE,
    "people.Profile.sentence": (*MEMBERS, READS),
    "people.Profile.town": (f"{RUNS} desk:applications",),
    "people.SignInCode.email": (),
    "questions.Allowance.aids": (),
    "questions.AnswerEntry.value": (),
    "questions.Attempt.code": (),
}
# Where no page, and no copy of one's own, has a field: what was sent is in a mailbox, and secrets of the door are kept.
NOWHERE = {
    "editions.Clarification.email",
    "kernel.Outgoing.html",
    "people.SignInCode.email",
}
# Fields of words that hold no canary, and why.
NO_CANARY = {
    "a digest, a secret or something drawn": """
        admissions.Application.digest admissions.Application.head admissions.ApplicationFile.code
        admissions.ApplicationFile.digest admissions.Ranking.digest admissions.Ranking.lot_seed
        kernel.Act.hash kernel.Act.payload_hash kernel.Act.salt kernel.Act.actor_code kernel.Act.subject_code
        kernel.ActorCode.code kernel.StoredFile.digest kernel.StoredFile.place kernel.PartialFile.token
        account.EmailConfirmation.key mfa.Authenticator.data people.Device.session_key people.Export.name people.Link.hash
        people.FormerAddress.take_down kernel.Outgoing.message_id people.Person.mark people.Person.password people.SignInCode.code_digest people.SignInCode.link_digest
        questions.AnswerEntry.device questions.Attempt.seed sessions.Session.session_key""",
    "a name of ours, a choice, an address of the house, numbers": """
        editions.Edition.slug editions.Edition.zone editions.Edition.scope editions.Edition.preset
        admissions.Draft.page kernel.Act.audience kernel.Act.payload kernel.Act.scope kernel.Act.verb kernel.ActorCode.scope
        kernel.Outgoing.headers kernel.Outgoing.key kernel.Outgoing.language kernel.Outgoing.problem
        kernel.StoredFile.kind kernel.StoredFile.room kernel.PartialFile.room editions.Clarification.language
        notices.Message.list_key notices.Message.once notices.Message.only notices.Notice.key notices.Notice.kind notices.Notice.url
        notices.Preference.kind people.Evidence.kind people.Link.url_kwargs people.Link.url_name
        people.SignInCode.language people.SignInCode.next questions.Attempt.owner questions.Attempt.scope
        questions.AttemptQuestion.matches questions.AttemptQuestion.options""",
    "the same words as another field's": """
        account.EmailAddress.email admissions.Draft.aside kernel.Outgoing.to kernel.PartialFile.name sessions.Session.session_data""",
    "in a table of a library that stays empty: see config/privacy.py": """
        admin.LogEntry.change_message admin.LogEntry.object_id admin.LogEntry.object_repr""",
    "written for the school by who works there": """
        editions.Edition.title editions.Edition.subject editions.Edition.headline_it editions.Edition.headline_en
        editions.Edition.lead_it editions.Edition.lead_en editions.Edition.awards_place editions.Edition.contact_name
        editions.Edition.contact_phone editions.Edition.contact_mail
        editions.Change.reason editions.Clarification.answer editions.Role.about notices.EditedText.body
        notices.EditedText.key notices.EditedText.subject notices.Message.body notices.Message.subject
        questions.ImportItem.detail questions.ImportItem.excerpt questions.ImportItem.losses questions.ImportItem.why
        questions.ImportRun.encoding questions.ImportRun.format questions.ImportRun.name""",
    "no room puts a person into the index yet; no canary stands in it, and kernel's own tests look for what is not allowed": """
        kernel.SearchEntry.audience kernel.SearchEntry.body kernel.SearchEntry.key kernel.SearchEntry.kind
        kernel.SearchEntry.language kernel.SearchEntry.scope kernel.SearchEntry.stems kernel.SearchEntry.title
        kernel.SearchEntry.title_stems kernel.SearchEntry.title_words kernel.SearchEntry.url""",
}


@dataclass(frozen=True, slots=True)
class Canary:
    """A word that stands in one field of Zelinda's, and nowhere else."""

    field: str
    word: str


BY_HAND = (
    Canary("admissions.Application.born", "1931-03-17"),
    Canary("admissions.Application.born", "17 March 1931"),
    Canary("people.Competence.name", "canarycompetence"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Who came across a canary, and where."""

    kind: str
    where: str
    canary: Canary


def undecided() -> list[str]:
    """Name the fields of the register of which nobody has said whether they hold a canary."""
    left_out = {name for names in NO_CANARY.values() for name in names.split()}
    return [
        name
        for entry in privacy.entries()
        for field in entry.model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not field.choices
        if (name := f"{entry.model._meta.label}.{field.name}") not in MAY_READ and name not in left_out
    ]


def plant(cast: Any) -> list[Canary]:
    """Put Zelinda into the cast, with rows of every kind, and return the canaries in them."""
    at = cast.at
    her = Person.objects.create_user("zelinda@canary.example", "Zelinda", language="en")
    her.handle = "zelinda"
    her.save(update_fields=["handle"])
    cast.add(SELF, her)
    facts = dict.fromkeys(actions.PROFILE_FIELDS, "x")
    actions.change_profile(her, name="Zelinda", facts=facts, competences=["canarycompetence"], by=her, at=at)
    audiences = {
        "name": "members", "town": "nobody", "region": "class", "employer": "members", "sentence": "world",
    }  # fmt: skip
    actions.choose_privacy(her, audiences=audiences, by=her, at=at)
    evidence.add(her, kind="brief", title="x", url="/x/", day=at.date())
    FormerAddress.objects.create(person=her, email="x@canary.example", until=at)
    Device.objects.create(person=her, session_key="z", browser="x", system="x", way="code", entered_at=at)
    SignInCode.objects.create(
        purpose=Purpose.ENTER, email=her.email, code_digest="z", link_digest="z", language="en",
        asked_at=at, expires=at + DAY,
    )  # fmt: skip
    outbox.put(key="canary", to=her.email, subject="x", text="x", html="x", at=at)
    Notice.objects.create(
        person=her, key="canary", kind="editions.postponed", data={"x": "x"}, url="/", made_at=at
    )
    _in_an_edition(cast, her)
    _in_a_test(cast, her)
    _in_a_reading(cast, her)
    return _words(her)


def _in_an_edition(cast: Any, her: Person) -> None:
    at, edition = cast.at, cast.adm_open
    application = Application.objects.create(
        edition=edition, person=her, code=ids.code(6), test_code=ids.code(10), born=date(1931, 3, 17),
        started_at=at - DAY, submitted_at=at, digest="3" * 64,
    )  # fmt: skip
    cast.things["zelinda's application"] = application
    Accommodation.objects.create(application=application, wanted="x", granted="x", asked_at=at, decided_at=at)
    for section in Draft.Section:
        typed = {"name": "x", "wanted": "x", "answer": "x"}
        Draft.objects.create(application=application, section=section, typed=typed, version=1, saved_at=at)
    asked = LetterQuestion.objects.create(edition=edition, position=90, words_it="?")
    LetterAnswer.objects.create(application=application, question=asked, words="x")
    item = CvItem.objects.create(edition=edition, position=90, words_it="?", each=1, most=2)
    cast.things["zelinda's paper"] = sent(application, None, at)
    cast.things["zelinda's evidence"] = sent(application, item, at)
    CvClaim.objects.create(application=application, item=item, number=1, evidence="x")
    Clarification.objects.create(edition=edition, question="x", email=her.email, asked_at=at)
    cast.things["zelinda's invitation"] = Invitation.objects.create(
        edition=cast.edition, person=her, kind="tutor", about="x", code=ids.code(16), sent_at=at
    )
    mate = Membership.objects.get(person=cast.people["classmate"])
    Membership.objects.create(group=class_of(mate.group.edition), person=her, begins=at - DAY)


def _in_a_test(cast: Any, her: Person) -> None:
    at = cast.at
    Question.objects.filter(bank__name="Matrix").update(kind="short")
    attempt = questions.start(Blueprint.objects.get(name="Matrix"), her, at=at, by=her)
    asked = attempt.questions.get()
    AnswerEntry.objects.create(
        attempt=attempt.pk,
        device="Z",
        seq=1,
        question=asked.question_id,
        value="canaryanswer",
        given=at,
        received=at,
    )
    cast.things["zelinda's attempt"] = attempt
    Allowance.objects.create(person=her, aids="x", until=at + DAY)


def _in_a_reading(cast: Any, her: Person) -> None:
    """Let her letter be read by a reader of the cast, and let her read somebody else's herself."""
    at, paper = cast.at, Paper.objects.get(code="PAPER0")
    Letter.objects.create(application=cast.things["zelinda's application"], paper=paper)
    Role.objects.create(edition=cast.mark_round.edition, person=her, kind="reader", begins=at - DAY)
    theirs = Paper.objects.get(code="PAPER1")
    given = Assignment.objects.create(paper=theirs, reader=her, turn=1, given_at=at)
    Sheet.objects.create(assignment=given, words="x", saved_at=at)


def _words(her: Person) -> list[Canary]:
    """Write a word of its own into each field of hers; codes are words of their own already."""
    found = []
    # All rows are looked up first: some are found by words that become canaries.
    rows = {entry.model._meta.label: list(entry.of(her)) for entry in privacy.entries()}
    for number, name in enumerate(sorted(set(MAY_READ) - {canary.field for canary in BY_HAND})):
        label, _dot, field = name.rpartition(".")
        assert rows[label], f"Zelinda has no {label}."
        for place, row in enumerate(rows[label]):
            word = f"canary{number}x{place}x"
            old = getattr(row, field)
            if field in AS_THEY_ARE:
                word = old
            elif isinstance(old, dict):
                setattr(row, field, {**dict.fromkeys(old, word), "code": word})
            elif isinstance(row._meta.get_field(field), models.EmailField):
                setattr(row, field, f"{word}@canary.example")
            else:
                setattr(row, field, word)
            if field not in AS_THEY_ARE:
                row.save(update_fields=[field])
            found.append(Canary(name, word))
    her.refresh_from_db()
    Outgoing.objects.filter(key="canary").update(to=her.email)
    return [*found, *BY_HAND]
