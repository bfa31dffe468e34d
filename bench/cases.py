"""What is measured: the pages that many people open at once, and those that gather a whole selection."""

from collections.abc import Callable
from itertools import count

from allauth.mfa.models import Authenticator
from bench.asking import Answer, Browser
from bench.crowd import PASSWORD
from bench.harness import Case
from bench.names import ANEW
from bench.places import MINUTE, Places
from bench.urls import BARE
from django.core.cache import cache as memory

from sqcuola.front import cache
from sqcuola.people.models import Person
from sqcuola.questions.models import Attempt

Ask = Callable[[int], Answer]

WORDS = "Ho cominciato a scrivere per un giornale di paese, e da lì non ho più smesso. " * 9
_fresh = count(1)  # never twice in a process: what is saved must differ from what stands there


def of(places: Places) -> tuple[Case, list[Case]]:
    """Return the bare view and the cases of one school."""
    return bare(), [
        *_public(places),
        *_gathering(places),
        *_applying(places),
        *_testing(places),
        *_reading(places),
        _enter(places),
    ]


def bare() -> Case:
    """Return the bare view as somebody without a session asks for it."""
    visitor = Browser()
    return Case("a bare view", lambda _n: visitor.get(f"/{BARE}"), times=60)


def _page(name: str, browser: Browser, path: str, cpu_ms: float | None, queries: int | None = None) -> Case:
    return Case(name, lambda _n: browser.get(path), cpu_ms, queries)


def _public(places: Places) -> list[Case]:
    visitor, path = Browser(), places.open.path

    def anew(_number: int) -> Answer:
        cache.forget()
        return visitor.get(path)

    return [
        Case("public page, from cache", lambda _n: visitor.get(path), 0.5, times=60),
        Case("public page, without cache", anew, 6),
    ]


def _gathering(places: Places) -> list[Case]:
    """My desk of two people, and the cockpit while people apply, take the test, answer offers."""
    coordinator, applicant = Browser(guarded(places.coordinator)), Browser(places.people[2])

    return [
        _page("my desk, who coordinates", coordinator, "/desk/", 10, 12),
        _page("my desk, who applied", applicant, "/desk/", 10, 12),
        *(
            _page(f"cockpit, {what}", coordinator, f"{edition.path}cockpit/", 10, 12)
            for what, edition in (
                ("the call is open", places.open),
                ("the test goes on", places.sitting),
                ("offers are out", places.answered),
            )
        ),
        _anew("my desk, who coordinates", coordinator, "/desk/"),
        _anew("my desk, who applied", applicant, "/desk/"),
        _anew("cockpit, the call is open", coordinator, f"{places.open.path}cockpit/"),
    ]


def _anew(name: str, browser: Browser, path: str) -> Case:
    """Return a page as it is made when nothing is left in memory."""

    def ask(_number: int) -> Answer:
        memory.clear()
        return browser.get(path)

    return Case(f"{name}, {ANEW}", ask, times=10)


def guarded(person: Person) -> Person:
    """Give somebody the second factor that production asks of who coordinates."""
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    return person


def _applying(places: Places) -> list[Case]:
    writer, application = Browser(places.people[2]), f"{places.open.path}apply/"
    question = f"answer_{places.first_question}"

    def letter(_number: int) -> Answer:
        fields = {"page": "bench", "version": "3", question: f"{WORDS}{next(_fresh)}"}
        return writer.post(f"{application}letter/", fields, HTTP_X_AUTOSAVE="1")

    def about(_number: int) -> Answer:
        town = f"Paese {next(_fresh)}"
        fields = {"page": "bench", "version": "3", "name": "Persona 2", "born": "1990-05-01", "town": town,
                  "region": "Lazio", "employer": "", "channel": "friend"}  # fmt: skip
        return writer.post(f"{application}about/", fields, HTTP_X_AUTOSAVE="1")

    return [Case("saving a draft, the letter", letter, 6), Case("saving a draft, about oneself", about, 6)]


def _testing(places: Places) -> list[Case]:
    """Who looks at a page saves nothing, and who saves looks at none: a log that grows changes no other figure."""
    reader, saver, slow = places.people[:3]
    whole, single = places.attempts[reader.pk], places.attempts[slow.pk]
    Attempt.objects.filter(pk=single.pk).update(blueprint=places.one_a_page)
    return [
        _page("test page, twenty questions on it", Browser(reader), f"/test/{whole.code}/1/", 10),
        _page("test page, one of twenty questions", Browser(slow), f"/test/{single.code}/7/", 10),
        Case("a saved answer", _saving(Browser(saver), places.attempts[saver.pk]), 5),
    ]


def _reading(places: Places) -> list[Case]:
    """Return the desk of who reads (sixty papers, one of them with its marks), saving marks, and who coordinates."""
    read = places.reading
    desk = f"/read/{read.round.pk}/"
    marked, following = f"{desk}{read.marked}/", f"{desk}{read.code}/"
    reader, saver = Browser(read.reader), Browser(read.reader)
    criteria = [one.pk for one in read.round.criteria.all()]

    def save(_number: int) -> Answer:
        turn = next(_fresh)
        fields = {f"c{pk}": str((turn + place) % 6) for place, pk in enumerate(criteria[:-1])}
        return saver.post(following, {**fields, "words": f"Parola {turn}"}, HTTP_X_AUTOSAVE="1")

    coordinator = Browser(guarded(read.coordinator))
    return [
        _page("reading desk, the pile", reader, desk, 10, 12),
        _page("reading desk, one paper", reader, marked, 10, 12),
        Case("saved marks of a paper", save, 10),
        _page("reading, who coordinates", coordinator, f"{read.edition.path}reading/", None),
    ]


def _saving(browser: Browser, attempt: Attempt) -> Ask:
    questions = list(attempt.questions.all())

    def save(_number: int) -> Answer:
        turn = next(_fresh)
        asked = questions[turn % len(questions)]
        chosen = turn // len(questions) % len(asked.options) + 1
        given = int((attempt.started_at + MINUTE).timestamp() * 1000) + turn
        fields = {"device": "benchdevice", "seq": str(turn), "given": str(given), "place": str(asked.place),
                  "value": str(chosen)}  # fmt: skip
        return browser.post(f"/test/{attempt.code}/save/", fields)

    return save


def _enter(places: Places) -> Case:
    """Sign-in by password. Addresses and machines take turns, or the limits of the house would stop it."""
    visitor = Browser()

    def enter(_number: int) -> Answer:
        turn = next(_fresh)
        fields = {"email": places.people[turn % len(places.people)].email, "password": PASSWORD}
        machine = f"198.18.{turn // 250 % 250}.{turn % 250}"
        return visitor.post("/enter/password/", fields, REMOTE_ADDR=machine)

    return Case("sign-in, without the hash", enter, status=302)
