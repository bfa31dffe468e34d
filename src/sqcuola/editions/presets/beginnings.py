"""The beginnings a school can choose from, the nearest to the real school first."""

from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sqcuola.editions import stages
from sqcuola.editions.models import Phase
from sqcuola.editions.presets.calendar import MONDAY, SATURDAY, SUNDAY, Timing

Words = str | Promise
Kind = Phase.Kind

CALL = Timing(
    Kind.CALL,
    days=28,
    until=SUNDAY,
    why=_("Four weeks and a bit: time to hear of it from a friend, and a last weekend to finish."),
)
ASSESSMENT = Timing(
    Kind.ASSESSMENT,
    follows=(Kind.CALL,),
    after=6,
    weekday=SATURDAY,
    at=time(10),
    hours=3,
    why=_(
        "A Saturday morning, when whoever works or studies is free; a week after the call, to rest from it."
    ),
)
READING = Timing(
    Kind.READING,
    follows=(Kind.ASSESSMENT, Kind.CALL),
    after=1,
    at=time(8),
    days=8,
    why=_("Eight days, two weekends: nobody reads well in a hurry."),
)
RANKING = Timing(
    Kind.RANKING,
    follows=(Kind.READING, Kind.ASSESSMENT, Kind.CALL),
    after=1,
    at=time(8),
    days=12,
    why=_("Less than two weeks: people who wait for an answer cannot plan anything else."),
)
CLASS = Timing(
    Kind.CLASS,
    follows=(Kind.RANKING, Kind.ASSESSMENT, Kind.CALL),
    after=17,
    weekday=MONDAY,
    days=180,
    until=SUNDAY,
    why=_(
        "It begins when seats that were declined have gone to the next; six months, most of it at a distance."
    ),
)
PROJECTS = Timing(
    Kind.PROJECTS,
    follows=(Kind.RANKING, Kind.CALL),
    after=108,
    weekday=MONDAY,
    days=84,
    until=SUNDAY,
    why=_("The last twelve weeks of the class: enough to listen first, and then do."),
)
AWARDS = Timing(
    Kind.AWARDS,
    follows=(Kind.CLASS,),
    after=6,
    weekday=SATURDAY,
    at=time(10),
    hours=8,
    why=_("The Saturday after: everybody travels once, and shows their face."),
)
ADOPTION = Timing(
    Kind.ADOPTION,
    follows=(Kind.RANKING, Kind.CALL),
    after=1,
    days=240,
    why=_("From the first day on: the bond between a company and a person begins before the work."),
)
ARCHIVE = Timing(
    Kind.ARCHIVE,
    follows=(Kind.AWARDS, Kind.CLASS),
    after=2,
    days=365,
    why=_("What was made is opened to everybody, and the next edition starts from it."),
)

THIRTY = _("Thirty people know each other’s names by the second week, and make five groups of six.")


@dataclass(frozen=True, slots=True)
class Preset:
    """One beginning: its phases in order, and those without which it would be something else."""

    key: str
    title: Words
    line: Words
    starts: Words
    timings: tuple[Timing, ...]
    needs: frozenset[Kind]
    seats: int = 30
    seats_why: Words = THIRTY
    headline_it: str = ""
    headline_en: str = ""
    lead_it: str = ""
    lead_en: str = ""

    def served(self) -> list[Timing]:
        """Return the phases there is a room for; the others are left out, and can be added when there is one."""
        return [timing for timing in self.timings if stages.is_served(timing.kind)]


LIKE_2012 = Preset(
    key="like-2012",
    title=_("A social master like 2012"),
    line=_(
        "A public call, a test online, a ranking, thirty seats that are earned, and a class of six months."
    ),
    starts=_("The day the call opens"),
    timings=(CALL, ASSESSMENT, READING, RANKING, CLASS, PROJECTS, AWARDS, ADOPTION, ARCHIVE),
    needs=frozenset({Kind.CALL, Kind.ASSESSMENT, Kind.RANKING}),
    headline_it="{Posti}. Non si comprano, *si guadagnano*.",
    headline_en="{Posti}. Not for sale: *they are earned*.",
    lead_it="Sei mesi online, una classe di persone che non si conoscono, e cose vere da fare insieme. Si entra per merito.",
    lead_en="Six months online, a class of people who have never met, and real things to do together. You get in on merit.",
)
INVITED = Preset(
    key="invited",
    title=_("A small class by invitation"),
    line=_("No call and no test: you invite twelve people, and the class begins."),
    starts=_("The day the class begins"),
    timings=(
        Timing(Kind.CLASS, days=84, until=SUNDAY, why=_("Twelve weeks: long enough to make one thing well.")),
        Timing(
            Kind.PROJECTS,
            after=28,
            weekday=MONDAY,
            days=56,
            until=SUNDAY,
            why=_("After a month together they are given something real."),
        ),
        ARCHIVE,
    ),
    needs=frozenset({Kind.CLASS}),
    seats=12,
    seats_why=_("Twelve people fit around one table, and on one screen."),
    headline_it="{Posti}, e una cosa *vera* da fare.",
    headline_en="{Posti}, and one *real* thing to do.",
    lead_it="Una classe piccola, su invito: ci si conosce in fretta e si lavora subito.",
    lead_en="A small class, by invitation: people get to know each other fast and work at once.",
)
SELECTION = Preset(
    key="selection",
    title=_("Only a selection"),
    line=_("A public call, a test and a ranking with proof; what comes after, you do elsewhere."),
    starts=_("The day the call opens"),
    timings=(
        CALL,
        ASSESSMENT,
        READING,
        RANKING,
        Timing(
            Kind.CLASS,
            follows=(Kind.RANKING, Kind.ASSESSMENT, Kind.CALL),
            after=1,
            days=30,
            why=_("A month in which whoever was chosen finds each other here."),
        ),
    ),
    needs=frozenset({Kind.CALL, Kind.ASSESSMENT, Kind.RANKING}),
    headline_it="{Posti}. Si entra *per merito*.",
    headline_en="{Posti}. You get in *on merit*.",
    lead_it="Una prova uguale per tutti, una graduatoria che si può controllare. Chi arriva, arriva da solo.",
    lead_en="One test, the same for everybody, and a ranking that anyone can check.",
)
PROJECTS_ONLY = Preset(
    key="projects",
    title=_("Only project works, for a class that exists"),
    line=_("You bring the people; five companies bring real briefs, and groups answer them."),
    starts=_("The day work begins"),
    timings=(
        Timing(
            Kind.CLASS, days=84, until=SUNDAY, why=_("Twelve weeks: from the first brief to the last word.")
        ),
        Timing(
            Kind.PROJECTS,
            days=84,
            until=SUNDAY,
            why=_("Enough to listen first, and then do."),
        ),
        AWARDS,
        ARCHIVE,
    ),
    needs=frozenset({Kind.PROJECTS}),
    headline_it="Cinque aziende vere, *cinque gruppi*.",
    headline_en="Five real companies, *five groups*.",
    lead_it="Si comincia ascoltando la rete di chi porta il brief, poi si fa, e alla fine si mostra la faccia.",
    lead_en="It begins with listening to the client’s network; then people do it, and put their faces to it.",
)
PRESETS = {preset.key: preset for preset in (LIKE_2012, INVITED, SELECTION, PROJECTS_ONLY)}


def offered() -> list[Preset]:
    """Return the beginnings whose stages exist."""
    return [preset for preset in PRESETS.values() if all(stages.is_served(kind) for kind in preset.needs)]
