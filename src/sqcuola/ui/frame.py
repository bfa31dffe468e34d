"""The frame around every page: the school's name, the places one can go to, who one is, the day's head.

`ui` knows no other room: rooms say what stands in the frame by registering a function in their `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation. Lower `order` stands first; `here` is set by the frame.

    One is there on every page below `area`, and without it below `url`.
    """

    label: Words
    url: str
    order: int = 50
    area: str = ""
    here: bool = False

    @property
    def ground(self) -> str:
        """Return the beginning of the addresses at which one is in this place."""
        return self.area or self.url


@dataclass(frozen=True, slots=True)
class School:
    """How the school calls itself, and where its mark (an image) is; without a name the house shows its own."""

    name: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Me:
    """The person who looks, as the corner of the top bar shows them."""

    name: str
    key: str
    url: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    school: School = School()
    places: list[Place] = field(default_factory=list)
    me: Me | None = None
    way_in: Place | None = None
    head: str = ""
    foot: list[Place] = field(default_factory=list)
    banner: Words = ""

    @property
    def here(self) -> Place | None:
        """The place of the navigation where this page is."""
        return next((place for place in self.places if place.here), None)

    @property
    def tongues(self) -> list[tuple[str, str]]:
        """The languages of the house, each by its code and as its own people write it."""
        return _tongues()


@cache
def _tongues() -> list[tuple[str, str]]:
    return [(code, capfirst(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES]


Places = Callable[[HttpRequest], Iterable[Place]]

_places: list[Places] = []
_public: list[Places] = []
_foot: list[Places] = []
_school: list[Callable[[], School]] = []
_me: list[Callable[[HttpRequest], Me | None]] = []
_way_in: list[Callable[[], Place]] = []
_head: list[Callable[[], str]] = []
_banner: list[Callable[[], Words]] = []


def register_places(places: Places, *, public: bool = False) -> None:
    """Offer entries of the navigation. A `public` one may not look at who asks: public pages are kept in a cache."""
    (_public if public else _places).append(places)


def register_foot(places: Places) -> None:
    """Offer links for the foot of every page; they may not look at who asks."""
    _foot.append(places)


def register_school(said: Callable[[], School]) -> None:
    """Say the school's name and mark."""
    _school.append(said)


def school() -> School:
    """Return how the school calls itself, also where there is no request: a mail says it."""
    return next((said() for said in _school), School())


def register_me(me: Callable[[HttpRequest], Me | None]) -> None:
    """Say who looks, for the corner of the top bar."""
    _me.append(me)


def register_way_in(place: Callable[[], Place]) -> None:
    """Say where one signs in: it stands in the corner of pages that know nobody, once there is a school."""
    _way_in.append(place)


def register_head(head: Callable[[], str]) -> None:
    """Say the day's head of the chain of acts, printed at the foot of public pages."""
    _head.append(head)


def register_banner(banner: Callable[[], Words]) -> None:
    """Say what stands above every page, such as «this is a rehearsal»."""
    _banner.append(banner)


def _with_here(places: list[Place], path: str) -> list[Place]:
    """Mark the place whose ground is the longest beginning of this path."""
    fitting = [
        place.ground
        for place in places
        if path == place.ground or (place.ground != "/" and path.startswith(place.ground))
    ]
    if not fitting:
        return places
    longest = max(fitting, key=len)
    return [replace(place, here=place.ground == longest) for place in places]


def _way(path: str) -> Place | None:
    """Return the way in, or nothing on its own pages."""
    way = next((place() for place in _way_in), None)
    return None if way and path.startswith(way.url) else way


def own(request: HttpRequest, *, somebody: bool) -> bool:
    """Let a public page that is made for one request have the bar of who asks, where that is `somebody`; return it."""
    request.own_frame = somebody  # type: ignore[attr-defined]  # read by `build`
    return somebody


def build(request: HttpRequest, *, public: bool = False) -> Frame:
    """Ask every registered room once. A public frame has the day's head, and reads neither session nor person unless `own`."""
    with_head, public = public, public and not getattr(request, "own_frame", False)
    sources = _public if public else [*_public, *_places]
    places = sorted((place for source in sources for place in source(request)), key=lambda place: place.order)
    me = None if public else next((person for who in _me if (person := who(request))), None)
    ours = school()
    return Frame(
        school=ours,
        places=_with_here(places, request.path),
        me=me,
        way_in=_way(request.path) if ours.name and not me else None,
        head=next((head() for head in _head), "") if with_head else "",
        foot=[place for source in _foot for place in source(request)],
        banner=next((words for banner in _banner if (words := banner())), ""),
    )
