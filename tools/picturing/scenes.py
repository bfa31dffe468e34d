"""What the demo does not have and a page needs: a test that is running, seats on offer, a draft, letters, second factors.

Built in the demo's own database, by the actions of the rooms, after the demo itself. Needs Django set up.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from tools.picturing import reading

from sqcuola.admissions import actions as admissions
from sqcuola.admissions.models import Accommodation, Application, Draft, LetterQuestion, Test
from sqcuola.classroom import actions as classroom
from sqcuola.classroom.guests import Guest
from sqcuola.config.world import cast, living
from sqcuola.config.world.demo import PASSWORD
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Clarification, Edition, Phase, Role
from sqcuola.kernel import edition_parts, lists
from sqcuola.kernel.models import Outgoing
from sqcuola.marking.models import Criterion
from sqcuola.notices import actions as notices
from sqcuola.notices import texts
from sqcuola.notices.texts import Said
from sqcuola.people import actions as people
from sqcuola.people import codes, links, rescue
from sqcuola.people.entering import find_or_create
from sqcuola.people.models import Person, Purpose
from sqcuola.questions import actions as questions
from sqcuola.questions.models import Blueprint, ImportRun
from sqcuola.questions.queries import sitting as place_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OPEN = "classe-3"
RUNNING, OFFERED, DRAFT, CANCELLED = "prova-in-corso", "posti-offerti", "bozza", "annullata"
READING = "lettere-in-lettura"
INVITED = "su-invito"
# Who takes the running test: before it, in it, after it; and who stands where when seats are offered.
WAITS, TAKES, TOOK = "kevin", "amin", "cosima"
CALLED, ACCEPTED, NEXT, LAST = "fulvio", "agnese", "corrado", "serena"
GIFT = b"// three items, one of which is broken\n::Uno::Chi legge la pagina di una ferramenta? {=chi ha un guasto ~nessuno}\n\n::Due::Una {risposta\n\n::Tre::Un blog ha date. {T}\n"
Kind = Phase.Kind


def character(key: str) -> cast.Character:
    """Return an applicant or student of the cast by key."""
    return next(one for one in (*cast.APPLICANTS, *cast.STUDENTS) if one.key == key)


def person(key: str) -> Person:
    """Return somebody of the demo by the first half of their address."""
    found: Person = get_user_model().objects.get(email=f"{key}@{cast.DOMAIN}")
    return found


def build(at: datetime) -> dict[str, Any]:
    """Add everything; return what urls need, by name."""
    boss = person("lidia")
    things: dict[str, Any] = {
        "marta": person("marta").handle,
        "text": next((text.key for text in texts.all_texts()), None),
    }
    opened = Edition.objects.get(slug=OPEN)
    for key in (WAITS, TAKES, TOOK, CALLED, ACCEPTED, NEXT, LAST):
        _way_in(living.person(character(key), at - 40 * DAY))
    find_or_create("gemma@sqcuola.example", name="Gemma Nuova", language="it", at=at)
    _way_in(person("gemma"))
    people.choose_privacy(
        person("marta"), audiences={"name": "world", "town": "world"}, by=person("marta"), at=at
    )
    _running(boss, things, at)
    _offered(boss, at)
    _read(boss, things, at)
    _unpublished(boss, things, at)
    _around_the_open_call(opened, boss, things, at)
    _by_invitation(boss, at)
    _ways_in(things, at)
    return things


def _way_in(one: Person) -> None:
    one.set_password(PASSWORD)
    one.save(update_fields=["password"])


def _edition(
    boss: Person, slug: str, number: int, begins: datetime, test: datetime, *, published: bool = True
) -> Edition:
    blueprint = Blueprint.objects.get(name="Prova della classe III")
    edition = editions.create_edition(
        number=number,
        title=slug.replace("-", " ").capitalize(),
        slug=slug,
        seats_offered=2,
        awards_place="Parma",
        phases={
            Kind.CALL: (begins, test - DAY),
            Kind.ASSESSMENT: (test, test + 3 * HOUR),
            Kind.RANKING: (test + 4 * HOUR, test + 12 * DAY),
            Kind.CLASS: (test + 20 * DAY, test + 200 * DAY),
        },
        by=boss,
        at=begins - DAY,
    )
    edition_parts.defaults(edition, edition.preset, at=begins - DAY)
    admissions.set_test(
        edition, blueprint, begins=test, ends=test + 3 * HOUR, minutes=30, by=boss, at=begins - DAY
    )
    if published:
        editions.publish(edition, by=boss, at=begins - DAY)
    return Edition.objects.get(pk=edition.pk)


def _apply(edition: Edition, keys: tuple[str, ...], begins: datetime) -> None:
    for number, key in enumerate(keys):
        living.apply(edition, character(key), person(key), begins + number * HOUR, number=number)


def _running(boss: Person, things: dict[str, Any], at: datetime) -> None:
    """Let a test run that began twenty minutes ago: one has not begun, one is in it, one has handed in."""
    begins, test = at - 30 * DAY, at - 20 * MINUTE
    edition = _edition(boss, RUNNING, 4, begins, test)
    _apply(edition, (WAITS, TAKES, TOOK), begins)
    sitting = Test.objects.select_related("edition", "blueprint").get(edition=edition)
    living.take_test(sitting, person(TOOK), test + MINUTE, knows=0.7, seed=3)
    taker = person(TAKES)
    code = Application.objects.get(edition=edition, person=taker).test_code
    questions.begin(place_of(taker, code), by=taker, at=at - 5 * MINUTE)
    for key in (WAITS, TAKES, TOOK):
        things[f"{key}'s test"] = Application.objects.get(edition=edition, person=person(key)).test_code


def _offered(boss: Person, at: datetime) -> None:
    """Offer two seats since yesterday: one was taken, one waits for an answer, and somebody for both."""
    begins, test = at - 60 * DAY, at - 4 * DAY
    edition = _edition(boss, OFFERED, 5, begins, test)
    keys = (CALLED, ACCEPTED, NEXT, LAST)
    _apply(edition, keys, begins)
    sitting = Test.objects.select_related("edition", "blueprint").get(edition=edition)
    for place, key in enumerate(keys):
        living.take_test(sitting, person(key), test + MINUTE, knows=0.9 - place * 0.2, seed=place)
    questions.end_what_ran_out(at)
    reading.read_all(edition, boss, person, test + DAY)
    edition = Edition.objects.get(pk=edition.pk)
    admissions.close_ranking(edition, by=boss, at=at - DAY)
    taken = Application.objects.get(edition=edition, person=person(ACCEPTED)).offer
    admissions.accept(taken, by=person(ACCEPTED), at=at - HOUR)


def _read(boss: Person, things: dict[str, Any], at: datetime) -> None:
    """Let five letters be read: one reader is in the middle of it, one has closed."""
    begins, test = at - 40 * DAY, at - 3 * DAY
    edition = _edition(boss, READING, 9, begins, test)
    _apply(edition, (WAITS, TAKES, TOOK, NEXT, LAST), begins)
    for key in (reading.READS, reading.HAS_READ):
        _way_in(person(key))
    things.update(reading.read(edition, boss, person, at))


def _unpublished(boss: Person, things: dict[str, Any], at: datetime) -> None:
    draft = _edition(boss, DRAFT, 6, at + 30 * DAY, at + 60 * DAY, published=False)
    things["letter question"] = LetterQuestion.objects.filter(edition=draft)[0].pk
    editions.add_phase(draft, Kind.READING, begins=at + 61 * DAY, ends=at + 68 * DAY, by=boss, at=at)
    things["criterion"] = Criterion.objects.filter(round__edition=draft)[0].pk
    cancelled = _edition(boss, CANCELLED, 7, at - 10 * DAY, at + 20 * DAY)
    editions.cancel(cancelled, reason="Il fondo che la pagava è stato chiuso.", by=boss, at=at - 2 * DAY)


def _by_invitation(boss: Person, at: datetime) -> None:
    """Ask two into a class that nobody applies for."""
    lessons = (at + 20 * DAY, at + 100 * DAY)
    edition = editions.create_edition(
        number=8,
        title="Su invito",
        slug=INVITED,
        seats_offered=12,
        phases={Kind.CLASS: lessons},
        by=boss,
        at=at - DAY,
    )
    edition_parts.defaults(edition, edition.preset, at=at - DAY)
    editions.publish(edition, by=boss, at=at - DAY)
    asked = [Guest(name=person(key).name, email=person(key).email) for key in ("tea", "gemma")]
    classroom.invite(edition, asked, by=boss, at=at)


def _around_the_open_call(opened: Edition, boss: Person, things: dict[str, Any], at: datetime) -> None:
    """Somebody asks for help and moves it on to the papers' keeper; an invitation, a letter, a question, a file."""
    help_typed = {"wanted_percent": "25", "wanted": "Sono dislessica: mi serve più tempo per leggere."}
    gemma = person("gemma")
    application = admissions.begin(opened, by=gemma, at=at - 3 * HOUR)
    words = living.typed(opened, character("irene"), 4)
    words[Draft.Section.ABOUT]["name"] = gemma.name
    words[Draft.Section.HELP] = help_typed
    for section, typed in words.items():
        kept = application.drafts.filter(section=section).first()
        admissions.save_section(
            application, section, typed, version=kept.version if kept else 0, by=gemma, at=at - 2 * HOUR
        )
    admissions.submit(application, by=gemma, at=at - HOUR)
    things["helped"] = Accommodation.objects.get(application=application).application.code
    claimed = Application.objects.filter(edition__slug="classe-2", line__isnull=False, cv_points__gt=0)
    things["claimed"] = claimed.order_by("line__place").values_list("code", flat=True).first()
    things["followed"] = Application.objects.get(edition=opened, person=person("mafalda")).pk
    things["role"] = Role.objects.filter(edition=opened, kind=Role.Kind.TEACHER, ends=None).first().pk
    things["asked"] = Clarification.objects.filter(edition=opened, answered_at=None).first().pk
    asked = editions.invite(opened, "tea@sqcuola.example", "tutor", name="Tea Invitata", by=boss, at=at)
    things["invitation"] = asked.code
    _way_in(person("tea"))
    unfinished = lists.seen_by(boss, opened, at)[0]
    said = Said("Manca poco", "Ciao {name}, la tua candidatura è a metà: il bando chiude fra pochi giorni.")
    things["list"], things["letter"] = (
        unfinished.key,
        notices.send(opened, unfinished, said, once="pictures", by=boss, at=at).pk,
    )
    run = questions.importing.receive(GIFT, "tre-domande.gift", _bank(), by=boss, at=at)
    things["file"] = run.pk
    things["taken file"] = ImportRun.objects.exclude(pk=run.pk).latest("pk").pk
    things["blueprint"] = Blueprint.objects.get(name="Prova della classe III").pk


def _bank() -> Any:
    return ImportRun.objects.latest("pk").bank


def _ways_in(things: dict[str, Any], at: datetime) -> None:
    """Second factors for one who teaches and one who coordinates with them, a limited link, a code, a cry for help."""
    marta = person("rocco")
    _way_in(marta)
    TOTP.activate(marta, generate_totp_secret())
    RecoveryCodes.activate(marta)
    irene = person("oreste")
    _way_in(irene)
    key = Authenticator.objects.create(
        user=irene, type=Authenticator.Type.WEBAUTHN, data={"name": "Il mio portatile", "credential": {}}
    )
    things["passkey"] = key.pk
    rescue.ask(marta, at=at)
    things["link"] = (
        links.make(irene, thing=("people:profile", {}), expires=at + DAY, at=at)
        .rpartition("/l/")[2]
        .strip("/")
    )
    codes.send("pia@sqcuola.example", purpose=Purpose.ENTER, language="it", at=at)
    things["link_code"] = (
        newest_letter("pia@sqcuola.example").text.partition("/enter/link/")[2].partition("/")[0]
    )


def newest_letter(to: str) -> Outgoing:
    """Return the newest letter to an address."""
    return Outgoing.objects.filter(to=to).latest("pk")
