"""Who may open the pages of a selection: an edition with its call open, and one whose ranking is closed."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from sqcuola.admissions import actions, rubric
from sqcuola.admissions.models import (
    Accommodation,
    Application,
    ApplicationFile,
    CvItem,
    LetterQuestion,
    Ranking,
    RankingLine,
)
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel import files, ids
from sqcuola.kernel.permissions import EVERYONE, MEMBERS, Row
from sqcuola.marking.models import Criterion

DAY = timedelta(days=1)


def person(name):
    return get_user_model().objects.create_user(f"{name.lower()}@adm.example.org", name, language="en")


def cast(cast):
    at = cast.at
    cast.things["adm_open"] = open_call = an_edition("adm-open", at - DAY, at + DAY, at)
    left = an_edition("adm-left", at - DAY, at + DAY, at)
    cast.add("applicant who withdrew", person("Ritirata"))
    applied(left, cast.people["applicant who withdrew"], at, withdrawn_at=at - DAY)
    cast.things["adm_closed"] = closed = an_edition("adm-closed", at - 20 * DAY, at - 10 * DAY, at)
    Edition.objects.filter(pk=closed.pk).update(ranking_closed_at=at - DAY)
    if "coordinator" not in cast.people:
        cast.add("coordinator", person("Coordinata"))
    cast.add("keeper of papers", person("Custode"))
    for edition in (open_call, closed):
        for kind, who in (("coordinator", "coordinator"), ("papers", "keeper of papers")):
            Role.objects.create(edition=edition, person=cast.people[who], kind=kind, begins=at - 30 * DAY)
    applicants(cast, open_call, at)
    admitted(cast, closed, at)
    nobody_yet(cast, at)


def nobody_yet(cast, at):
    """An edition that is prepared: nobody has begun an application, and what is asked can change."""
    edition = an_edition("adm-asks", at + DAY, at + 3 * DAY, at)
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    for kind, who in (("coordinator", "coordinator"), ("papers", "keeper of papers")):
        Role.objects.create(edition=edition, person=cast.people[who], kind=kind, begins=at - 30 * DAY)
    Phase.objects.create(edition=edition, kind="reading", begins=at + 4 * DAY, ends=at + 9 * DAY)
    list(rubric.begin(edition))
    cast.things["adm_criterion"] = Criterion.objects.filter(round__edition=edition)[0]
    cast.things["adm_asked"] = LetterQuestion.objects.create(edition=edition, position=1, words_it="Chi?")
    LetterQuestion.objects.create(edition=edition, position=2, words_it="Che cosa?")


def an_edition(slug, begins, ends, at):
    edition = Edition.objects.create(
        slug=slug,
        number=7,
        title=slug,
        scope=ids.code(16),
        seats_offered=1,
        published_at=begins - DAY,
        created_at=begins - DAY,
    )
    Phase.objects.create(edition=edition, kind="call", begins=begins, ends=ends)
    return edition


def applied(edition, who, at, **facts):
    return Application.objects.create(
        edition=edition,
        person=who,
        code=ids.code(6),
        test_code=ids.code(10),
        started_at=at - 2 * DAY,
        **facts,
    )


def applicants(cast, edition, at):
    cast.add("applicant", person("Candidata"))
    cast.things["application"] = handed_in = applied(
        edition, cast.people["applicant"], at, submitted_at=at - DAY, digest="1" * 64
    )
    Accommodation.objects.create(application=handed_in, wanted="CANARY", asked_at=at)
    cast.things["adm_item"] = item = CvItem.objects.create(
        edition=edition, position=1, words_it="Blog", each=1, most=2
    )
    cast.things["adm_paper"] = sent(handed_in, None, at)
    cast.things["adm_evidence"] = sent(handed_in, item, at)


def sent(application, item, at):
    """A PDF that was handed in."""
    pdf = SimpleUploadedFile("foglio.pdf", b"%PDF-1.7 CANARY")
    file = files.take(pdf, room="admissions", by=application.person, at=at)
    return ApplicationFile.objects.create(
        application=application,
        item=item,
        file=file,
        code=ids.code(16),
        digest=file.digest,
        added_at=at - 2 * DAY,
        handed_in_at=at - DAY,
    )


def admitted(cast, edition, at):
    ranking = Ranking.objects.create(edition=edition, closed_at=at - DAY, lot_seed="s", digest="2" * 64)
    for place, kind in enumerate(("admitted", "on the waiting list"), start=1):
        cast.add(kind, person(kind.replace(" ", "-")))
        application = applied(edition, cast.people[kind], at, submitted_at=at - 2 * DAY, digest="1" * 64)
        RankingLine.objects.create(
            ranking=ranking,
            application=application,
            place=place,
            points=10 - place,
            cv_points=0,
            lot=place,
            decided_by="points",
        )
        if kind == "admitted":
            item = CvItem.objects.create(edition=edition, position=1, words_it="Blog", each=1, most=2)
            cast.things["adm_closed_evidence"] = sent(application, item, at)
    actions.call_up(edition, by=None, at=at - DAY)


def evidence(cast):
    return {"slug": "adm-open", "code": cast.adm_evidence.code}


def closed_evidence(cast):
    return {"slug": "adm-closed", "code": cast.adm_closed_evidence.code}


def paper(cast):
    return {"slug": "adm-open", "code": cast.adm_paper.code}


def place(cast):
    return {"slug": "adm-open", "place": f"cv-{cast.adm_item.pk}"}


def in_open(cast):
    return {"slug": "adm-open"}


def criterion(cast):
    return {"slug": "adm-asks", "number": cast.adm_criterion.pk}


def asks(cast):
    return {"slug": "adm-asks"}


def asks_letter(cast):
    return {"slug": "adm-asks", "kind": "letter"}


def asked(cast):
    return {"slug": "adm-asks", "kind": "letter", "number": cast.adm_asked.pk}


def asked_elsewhere(cast):
    return {"slug": "adm-closed", "kind": "letter", "number": cast.adm_asked.pk}


def asked_item(cast):
    return {"slug": "adm-open", "kind": "cv", "number": cast.adm_item.pk}


def begun(url, method, **case):
    """Once somebody has begun an application: who coordinates is told that it is too late."""
    late = {"coordinator": "Somebody has begun", "keeper of papers": "Only who coordinates"}
    return Row(url, method, denied=late, case="somebody has begun", **case)


def setting(url, method, **case):
    """Set what is asked: who coordinates."""
    only = {"keeper of papers": "Only who coordinates"}
    return Row(url, method, allowed=("coordinator",), denied=only, **case)


def in_closed(cast):
    return {"slug": "adm-closed"}


def in_left(cast):
    return {"slug": "adm-left"}


def section(cast):
    return {"slug": "adm-open", "section": "about"}


def request(cast):
    return {"slug": "adm-open", "code": cast.application.code}


RANKED = ("admitted", "on the waiting list")
NOT_YET = {"applicant": "not closed yet"}
PAPERS = {"coordinator": "Only who keeps these papers"}

ROWS = [
    Row("admissions:apply", allowed=MEMBERS, kwargs=in_open),
    Row("admissions:apply", "POST", allowed=MEMBERS, kwargs=in_open),
    Row("admissions:section", allowed=("applicant",), kwargs=section),
    Row(
        "admissions:section",
        allowed=("applicant who withdrew",),
        kwargs=lambda cast: {"slug": "adm-left", "section": "about"},
        answers=302,
        case="withdrawn",
    ),
    Row(
        "admissions:section",
        "POST",
        allowed=("applicant",),
        kwargs=section,
        data=lambda cast: {"name": "Ada"},
    ),
    Row("admissions:aside", "POST", allowed=(), kwargs=section),
    Row(
        "admissions:pieces",
        "POST",
        allowed=("applicant",),
        kwargs=place,
        data=lambda cast: {"name": "a.pdf", "size": "9"},
        answers=200,
    ),
    Row(
        "admissions:claims",
        denied={"coordinator": "everybody is a code"},
        kwargs=request,
        case="before the closing",
    ),
    Row(
        "admissions:claims",
        allowed=("coordinator",),
        kwargs=lambda cast: {"slug": "adm-closed", "code": cast.adm_closed_evidence.application.code},
    ),
    Row(
        "admissions:evidence",
        allowed=("applicant",),
        denied={"coordinator": "everybody is a code"},
        kwargs=evidence,
        case="before the closing",
    ),
    Row("admissions:evidence", allowed=("admitted", "coordinator"), kwargs=closed_evidence),
    Row("admissions:evidence", kwargs=paper, case="a paper"),
    Row("admissions:paper", allowed=("applicant", "keeper of papers"), kwargs=paper),
    Row("admissions:paper", kwargs=evidence, case="what shows a claim"),
    Row("admissions:check", allowed=("applicant",), kwargs=in_open),
    Row("admissions:check", "POST", allowed=("applicant",), kwargs=in_open, answers=200),
    Row("admissions:withdraw", allowed=("applicant",), kwargs=in_open),
    Row(
        "admissions:withdraw",
        denied={"applicant who withdrew": "already withdrawn"},
        kwargs=in_left,
        case="a second time",
    ),
    Row("admissions:withdraw", "POST", allowed=("applicant",), kwargs=in_open),
    Row("admissions:again", "POST", allowed=("applicant who withdrew",), kwargs=in_left),
    Row("admissions:test", allowed=("applicant",), kwargs=in_open),
    Row(
        "admissions:set_test",
        allowed=("coordinator",),
        denied={"keeper of papers": "Only who coordinates"},
        kwargs=in_open,
    ),
    Row(
        "admissions:set_test",
        "POST",
        allowed=("coordinator",),
        denied={"keeper of papers": "Only who coordinates"},
        kwargs=in_open,
        answers=200,
    ),
    setting("admissions:asked", "GET", kwargs=asks),
    setting("admissions:asked", "GET", kwargs=in_open, case="somebody has begun"),
    setting("admissions:add_asked", "GET", kwargs=asks_letter),
    setting(
        "admissions:add_asked",
        "POST",
        kwargs=asks_letter,
        data=lambda cast: {"words_it": "Dove?", "longest": "500"},
    ),
    begun("admissions:add_asked", "GET", kwargs=lambda cast: {"slug": "adm-open", "kind": "cv"}),
    begun("admissions:add_asked", "POST", kwargs=lambda cast: {"slug": "adm-open", "kind": "cv"}),
    Row(
        "admissions:add_asked", kwargs=lambda cast: {"slug": "adm-asks", "kind": "test"}, case="no such part"
    ),
    setting("admissions:change_asked", "GET", kwargs=asked),
    setting(
        "admissions:change_asked",
        "POST",
        kwargs=asked,
        data=lambda cast: {"words_it": "Chi sei?", "longest": "500"},
    ),
    begun("admissions:change_asked", "GET", kwargs=asked_item),
    begun("admissions:change_asked", "POST", kwargs=asked_item),
    Row("admissions:change_asked", kwargs=asked_elsewhere, case="of another edition"),
    setting("admissions:move_asked", "GET", kwargs=asked),
    setting("admissions:move_asked", "POST", kwargs=asked, data=lambda cast: {"to": "2"}),
    begun("admissions:move_asked", "GET", kwargs=asked_item),
    begun("admissions:move_asked", "POST", kwargs=asked_item),
    setting("admissions:take_asked_away", "GET", kwargs=asked),
    setting("admissions:take_asked_away", "POST", kwargs=asked),
    begun("admissions:take_asked_away", "GET", kwargs=asked_item),
    begun("admissions:take_asked_away", "POST", kwargs=asked_item),
    Row("admissions:helps", allowed=("keeper of papers",), denied=PAPERS, kwargs=in_open),
    Row("admissions:decide", allowed=("keeper of papers",), denied=PAPERS, kwargs=request),
    Row(
        "admissions:decide",
        "POST",
        allowed=("keeper of papers",),
        denied=PAPERS,
        kwargs=request,
        data=lambda cast: {"percent": "25", "aids": ""},
    ),
    Row("admissions:result", denied=NOT_YET, kwargs=in_open, case="before the closing"),
    Row("admissions:result", allowed=RANKED, kwargs=in_closed),
    Row("admissions:accept", "POST", allowed=("admitted",), kwargs=in_closed),
    Row("admissions:decline", allowed=("admitted",), kwargs=in_closed),
    Row("admissions:decline", "POST", allowed=("admitted",), kwargs=in_closed),
    Row("admissions:admitted", kwargs=in_open, case="before the closing"),
    Row("admissions:admitted", allowed=EVERYONE, kwargs=in_closed),
    setting("admissions:reading", "GET", kwargs=asks),
    setting("admissions:reading", "POST", kwargs=asks, case="letters still come in"),
    setting("admissions:weigh", "GET", kwargs=asks),
    setting("admissions:weigh", "POST", kwargs=asks, data=lambda cast: {"letter": "40", "each": "2"}),
    setting("admissions:add_criterion", "GET", kwargs=asks),
    setting(
        "admissions:add_criterion", "POST", kwargs=asks, data=lambda cast: {"words_it": "Guarda", "most": "5"}
    ),
    setting("admissions:change_criterion", "GET", kwargs=criterion),
    setting(
        "admissions:change_criterion",
        "POST",
        kwargs=criterion,
        data=lambda cast: {"words_it": "Guarda", "most": "5"},
    ),
    setting("admissions:take_criterion_away", "GET", kwargs=criterion),
    setting("admissions:take_criterion_away", "POST", kwargs=criterion),
    Row(
        "admissions:ranking",
        allowed=("coordinator",),
        denied={"keeper of papers": "Only who coordinates"},
        kwargs=in_open,
    ),
    Row(
        "admissions:ranking",
        "POST",
        allowed=("coordinator",),
        denied={"keeper of papers": "Only who coordinates"},
        kwargs=in_open,
    ),
    Row(
        "admissions:ranking_file",
        "POST",
        answers=200,
        allowed=("coordinator",),
        denied={"keeper of papers": "Only who coordinates"},
        kwargs=in_open,
    ),
]
