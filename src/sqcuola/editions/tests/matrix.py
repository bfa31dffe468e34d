"""Who may open the settings of an edition: who coordinates it. For others who work there they are closed, for the rest absent."""

from datetime import timedelta

from sqcuola.editions import actions, queries
from sqcuola.editions.models import Clarification, Figure, Invitation, Phase, Role, School
from sqcuola.kernel.permissions import Row
from sqcuola.people.models import Person

ONLY = "Only who coordinates this edition can do this."
SLUG = "matrix-rooms"


def cast(cast):
    """Begin an edition that is public and one that is not, with a coordinator, a teacher and somebody who was asked."""
    at, week = cast.at, timedelta(days=7)
    boss = cast.people["administrator"]
    dates = {
        Phase.Kind.CALL: (at - week, at + week),
        Phase.Kind.ASSESSMENT: (at + 2 * week, at + 2 * week + timedelta(hours=2)),
        Phase.Kind.CLASS: (at + 4 * week, at + 20 * week),
    }
    cast.things["edition"] = edition = actions.create_edition(
        number=701, title="Rooms", slug=SLUG, phases=dates, by=boss, at=at - week
    )
    cast.things["draft"] = draft = actions.create_edition(
        number=702, title="Draft rooms", slug="draft-rooms", phases=dates, by=boss, at=at - week
    )
    people = {
        kind: Person.objects.create_user(f"{kind}@editions.example.org", name, language="en")
        for kind, name in (("coordinator", "Cora"), ("teacher", "Tea"), ("invited", "Ivo"))
    }
    for made in (edition, draft):
        actions.give_role(made, people["coordinator"], Role.Kind.COORDINATOR, by=boss, at=at - week)
        actions.give_role(made, people["teacher"], Role.Kind.TEACHER, by=boss, at=at - week)
        actions.end_role(made.roles.get(person=boss), by=boss, at=at - week)
    actions.publish(edition, by=people["coordinator"], at=at - week)
    things = cast.things
    things["role"] = queries.people_of(edition, at, Role.Kind.TEACHER).get()
    things["figure"] = Figure.objects.create(edition=edition, number="360", words_it="candidature")
    things["clarification"] = Clarification.objects.create(edition=edition, question="?", asked_at=at)
    things["invitation"] = Invitation.objects.create(
        edition=edition, person=people["invited"], kind="tutor", code="INVITED", sent_at=at
    )
    for kind, person in people.items():
        cast.add(kind, person)


def here(_cast):
    return {"slug": SLUG}


def there(_cast):
    return {"slug": "draft-rooms"}


def phase(_cast):
    return {"slug": SLUG, "kind": "assessment"}


def adding(_cast):
    return {"slug": SLUG, "kind": "ranking"}


def role(cast):
    return {"slug": SLUG, "number": cast.role.pk}


def figure(cast):
    return {"slug": SLUG, "kind": "figure", "number": cast.figure.pk}


def asked(cast):
    return {"slug": SLUG, "number": cast.clarification.pk}


def sent(cast):
    return {"slug": SLUG, "number": cast.invitation.pk}


def code(_cast):
    return {"code": "INVITED"}


def moved(cast):
    begins = cast.at + timedelta(days=20)
    return {
        "begins": f"{begins:%Y-%m-%dT%H:%M}",
        "ends": f"{begins + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "reason": "The room is taken.",
    }


def extended(cast):
    return {"ends": f"{cast.at + timedelta(days=9):%Y-%m-%dT%H:%M}", "reason": "The site was slow."}


def new(cast):
    day = cast.at + timedelta(days=30)
    return {"title": "Class IX", "subject": "", "seats": "12", "starts": f"{day:%Y-%m-%d}", "begin": "1"}


def opened(cast):
    """Let there be a school: rows of other rooms speak of the days before."""
    School.objects.create(name="Scuola", founded_at=cast.at)


def said(**fields):
    return lambda _cast: fields


def form(name, kwargs, data, **more):
    """Return the rows of a settings page with a form."""
    closed = {"teacher": ONLY}
    return [
        Row(f"editions:{name}", allowed=("coordinator",), denied=closed, kwargs=kwargs, **more),
        Row(f"editions:{name}", "POST", ("coordinator",), closed, kwargs, data, **more),
    ]


COORDINATOR = {"allowed": ("coordinator",), "denied": {"teacher": ONLY}}
GIVES = {"allowed": ("coordinator", "administrator"), "denied": {"teacher": ONLY}}
ASK = said(email="ugo@example.org", name="Ugo", kind="tutor", about="")
PREPARE = {"allowed": ("administrator",)}
PUBLIC_ALREADY = {"coordinator": "This edition is public already.", "teacher": ONLY}
ROWS = [
    Row("editions:mark", kwargs=lambda _cast: {"digest": "0"}),
    Row("editions:school", before=opened, **PREPARE),
    Row("editions:school", "POST", data=said(name="Aula", town="Fidenza"), before=opened, **PREPARE),
    Row("editions:beginnings", **PREPARE),
    Row("editions:begin", kwargs=lambda _cast: {"key": "invited"}, **PREPARE),
    Row("editions:begin", "POST", kwargs=lambda _cast: {"key": "invited"}, data=new, **PREPARE),
    Row("editions:copy", kwargs=here, **PREPARE),
    Row("editions:copy", "POST", kwargs=here, data=new, **PREPARE),
    Row("editions:settings", kwargs=here, **COORDINATOR),
    *form("publish", there, said(), case="not public yet"),
    Row("editions:publish", denied=PUBLIC_ALREADY, kwargs=here, case="public"),
    *form("words", here, said(title="Rooms 2", subject="x")),
    *form("seats", here, said(seats="31", reason="More chairs.")),
    *form("cancel", here, said(reason="No teachers.")),
    *form("postpone", here, said(days="7", reason="The server.")),
    *form("extend", here, extended),
    *form("phase", phase, moved),
    *form("add_phase", adding, moved),
    *form("leave_out", phase, said(reason="By voice.")),
    *form("voices", here, said(words="I learnt to ask.", who="Irene")),
    Row("editions:drop", "POST", kwargs=figure, **COORDINATOR),
    Row("editions:to_answer", kwargs=here, **COORDINATOR),
    Row("editions:questions_file", "POST", answers=200, kwargs=here, **COORDINATOR),
    *form("answer", asked, said(question="Is it free?", answer="Yes.")),
    Row("editions:people", kwargs=here, **GIVES),
    Row("editions:people", "POST", kwargs=here, data=ASK, **GIVES),
    Row("editions:end_role", allowed=("coordinator", "administrator", "teacher"), kwargs=role),
    Row("editions:end_role", "POST", ("coordinator", "administrator", "teacher"), kwargs=role),
    Row("editions:hand_over", allowed=("coordinator", "administrator", "teacher"), kwargs=role),
    Row(
        "editions:hand_over",
        "POST",
        ("coordinator", "administrator", "teacher"),
        kwargs=role,
        data=said(email="ugo@example.org", name="Ugo"),
    ),
    Row("editions:withdraw", "POST", kwargs=sent, **GIVES),
    Row("editions:invitation", allowed=("invited",), kwargs=code),
    Row("editions:answer_invitation", "POST", ("invited",), kwargs=code, data=said(yes="1")),
]
