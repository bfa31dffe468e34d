"""Every page there is to see, and who sees it so. A test compares this with the urls of the house: no page is forgotten.

A `Shot` is one page as one person sees it. Where it is reached by doing something first, `do` does it, in a browser.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLResolver
from tools.picturing import steps
from tools.picturing.reading import HAS_READ, READS
from tools.picturing.scenes import (
    ACCEPTED,
    CALLED,
    CANCELLED,
    DRAFT,
    INVITED,
    NEXT,
    OFFERED,
    OPEN,
    READING,
    RUNNING,
    TAKES,
    TOOK,
    WAITS,
)

from sqcuola.kernel.checks import doors

TWO_NAMES = {"people:enter": "account_login", "people:again": "account_reauthenticate"}
VISITOR, FOUNDER, ANEW = "visitor", "founder", "anew"
PAST = "classe-2"


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: the url's name and arguments («@name» is looked up among the things of the scenes), and who looks.

    `who` is the first half of an address of the demo; a visitor; "founder", who opens a school on an empty database;
    "anew NAME" is somebody who comes in for this page alone, because what is done there ends their session.
    """

    name: str
    url: str
    who: str = VISITOR
    kwargs: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    do: Callable[[steps.Visit], None] | None = None
    status: int = 200
    language: str = "it"
    lands: str = ""

    @property
    def places(self) -> set[str]:
        """Where one is when the picture is taken: at the url, unless `lands` names another; some urls have two names."""
        wanted = self.lands or self.url
        return {wanted, TWO_NAMES.get(wanted, wanted)}


def of(who: str, slug: str, **urls: str) -> Iterable[Shot]:
    """Return pages of an edition that one person sees, by picture name: `rules="front:rules"`."""
    return [Shot(f"{slug}-{name.replace('_', '-')}", url, who, {"slug": slug}) for name, url in urls.items()]


PUBLIC = [
    Shot("home", "front:home"),
    Shot("home-english", "front:home", language="en"),
    *of(VISITOR, OPEN, edition="front:edition", rules="front:rules", questions="front:questions"),
    Shot("classe-3-edition-english", "front:edition", kwargs={"slug": OPEN}, language="en"),
    Shot("classe-3-rules-english", "front:rules", kwargs={"slug": OPEN}, language="en"),
    *of(VISITOR, PAST, edition="front:edition", admitted="admissions:admitted"),
    *of(VISITOR, CANCELLED, edition="front:edition"),
    *of(VISITOR, RUNNING, edition="front:edition"),
    Shot("search", "front:search", query="?q=lettera"),
    Shot("search-english", "front:search", query="?q=seats", language="en"),
    Shot("search-in-vain", "front:search", query="?q=astronave"),
    Shot("search-nothing-asked", "front:search"),
    Shot("person-to-visitors", "people:page", kwargs={"handle": "@marta"}),
    Shot("test-code", "questions:code"),
    Shot("style", "ui:style"),
    Shot("style-english", "ui:style", language="en"),
]
ENTERING = [
    Shot("enter", "people:enter"),
    Shot("enter-english", "people:enter", language="en"),
    Shot("enter-wrong-address", "people:enter", do=steps.wrong_address),
    Shot("enter-when-in", "people:enter", "irene"),
    Shot("enter-code", "people:code", do=steps.ask_code),
    Shot("enter-wrong-code", "people:code", do=steps.wrong_code),
    Shot("enter-link", "people:link_code", kwargs={"token": "@link_code"}),
    Shot("enter-link-over", "people:link_code", kwargs={"token": "nothing"}, status=410),
    Shot("enter-name", "people:name", do=steps.new_person),
    Shot("enter-password", "people:password"),
    Shot("enter-second", "mfa_authenticate", do=steps.to_second_factor),
    Shot("enter-second-help", "ask_rescue", do=steps.to_help),
    Shot("link", "people:link", kwargs={"token": "@link"}),
    Shot("link-over", "people:link", kwargs={"token": "nothing"}, status=410),
    Shot("again", "people:again", "irene"),
    Shot("erased", "people:erased"),
]
OWN = [
    Shot("me", "people:me", "irene"),
    Shot("me-english", "people:me", "irene", language="en"),
    Shot("profile", "people:profile", "irene"),
    Shot("privacy", "people:privacy", "irene"),
    Shot("consents", "people:consents", "irene"),
    Shot("address", "people:address", "irene"),
    Shot("address-code", "people:address_code", "irene", do=steps.other_address),
    Shot("join", "people:join", "irene"),
    Shot("join-code", "people:join_code", "irene", do=steps.join),
    Shot("join-confirm", "people:join_confirm", "irene", do=steps.join_proven),
    Shot("data", "people:data", "irene"),
    Shot("erase", "people:erase", "irene"),
    Shot("person", "people:page", "irene", {"handle": "@marta"}),
    Shot("safety", "mfa_index", "irene"),
    Shot("safety-with-app", "mfa_index", f"{ANEW} rocco", do=steps.safety_with_app),
    Shot("app", "mfa_activate_totp", "irene"),
    Shot("app-remove", "mfa_deactivate_totp", f"{ANEW} rocco", do=steps.app_removed),
    Shot("passkey", "mfa_add_webauthn", "irene"),
    Shot("recovery", "mfa_view_recovery_codes", f"{ANEW} rocco", do=steps.recovery),
    Shot("recovery-new", "mfa_generate_recovery_codes", f"{ANEW} rocco", do=steps.recovery_anew),
    Shot("password", "new_password", "irene"),
    Shot("rescues", "rescues", "ottavio"),
    Shot("notices", "notices:all", "ludovica"),
    Shot("notices-mafalda", "notices:all", "mafalda"),
    Shot("notices-preferences", "notices:preferences", "irene"),
]
DESKS = [
    *[
        Shot(f"desk-{who}", "desk:desk", who)
        for who in ("ottavio", "lidia", "marta", "bice", "irene", "nives", "mafalda", "ludovica", "tea")
    ],
    *[Shot(f"desk-{who}", "desk:desk", who) for who in (WAITS, CALLED, NEXT)],
    Shot("news", "desk:news", "lidia"),
    Shot("editions", "desk:editions", "ottavio"),
    Shot("application", "desk:application", "lidia", {"slug": OPEN, "number": "@followed"}),
    Shot("desk-lidia-english", "desk:desk", "lidia", language="en"),
]
APPLYING = [
    Shot("apply-visitor", "admissions:apply", VISITOR, {"slug": OPEN}, lands="people:enter"),
    Shot("apply-begin", "admissions:apply", "tea", {"slug": OPEN}),
    Shot("apply-unfinished", "admissions:apply", "ludovica", {"slug": OPEN}),
    Shot("apply-handed-in", "admissions:apply", "mafalda", {"slug": OPEN}),
    *[
        Shot(f"apply-{name}", "admissions:section", "ludovica", {"slug": OPEN, "section": name})
        for name in ("about", "letter", "cv", "help", "consents")
    ],
    Shot(
        "apply-letter-english",
        "admissions:section",
        "ludovica",
        {"slug": OPEN, "section": "letter"},
        language="en",
    ),
    Shot("apply-check", "admissions:check", "ludovica", {"slug": OPEN}),
    Shot("apply-withdraw", "admissions:withdraw", "mafalda", {"slug": OPEN}),
]
TESTING = [
    Shot("test-day-before", "admissions:test", "mafalda", {"slug": OPEN}),
    Shot("test-day-running", "admissions:test", WAITS, {"slug": RUNNING}),
    Shot("test-day-handed-in", "admissions:test", TOOK, {"slug": RUNNING}),
    Shot("test-begin", "questions:test", WAITS, {"code": f"@{WAITS}'s test"}),
    Shot("test-page", "questions:page", TAKES, {"code": f"@{TAKES}'s test", "page": "1"}),
    Shot(
        "test-page-english", "questions:page", TAKES, {"code": f"@{TAKES}'s test", "page": "2"}, language="en"
    ),
    Shot("test-all", "questions:all", TAKES, {"code": f"@{TAKES}'s test"}),
    Shot("test-hand-in", "questions:hand_in", TAKES, {"code": f"@{TAKES}'s test"}),
    Shot("test-over", "questions:test", TOOK, {"code": f"@{TOOK}'s test"}),
    Shot("trial", "questions:trial", "mafalda"),
    Shot("trial-over", "questions:test", "nives", {"code": "trial"}, do=steps.trial_taken),
    Shot("result-admitted", "admissions:result", "irene", {"slug": PAST}),
    Shot("result-not-admitted", "admissions:result", "nives", {"slug": PAST}),
    Shot("result-offer", "admissions:result", CALLED, {"slug": OFFERED}),
    Shot("result-accepted", "admissions:result", ACCEPTED, {"slug": OFFERED}),
    Shot("result-waiting", "admissions:result", NEXT, {"slug": OFFERED}),
    Shot("result-english", "admissions:result", "nives", {"slug": PAST}, language="en"),
    Shot("result-waiting-english", "admissions:result", NEXT, {"slug": OFFERED}, language="en"),
    Shot("decline", "admissions:decline", CALLED, {"slug": OFFERED}),
    *of("irene", PAST, **{"class": "classroom:class"}),
    Shot("reading-desk", "marking:desk", READS, {"number": "@round"}),
    Shot("reading-desk-closed", "marking:desk", HAS_READ, {"number": "@round"}),
    Shot("reading-paper", "marking:paper", READS, {"number": "@round", "code": "@to read"}),
    Shot("reading-paper-begun", "marking:paper", READS, {"number": "@round", "code": "@begun"}),
    Shot("reading-paper-closed", "marking:paper", HAS_READ, {"number": "@round", "code": "@closed"}),
    Shot(
        "reading-paper-english", "marking:paper", READS, {"number": "@round", "code": "@begun"}, language="en"
    ),
    Shot("desk-reader", "desk:desk", READS),
    *of("tea", INVITED, invitation="classroom:invitation"),
]
COORDINATING = [
    *of(
        "lidia",
        OPEN,
        cockpit="desk:cockpit",
        applications="desk:applications",
        acts="desk:acts",
        settings="editions:settings",
        words="editions:words",
        seats="editions:seats",
        cancel="editions:cancel",
        postpone="editions:postpone",
        extend="editions:extend",
        people="editions:people",
        voices="editions:voices",
        to_answer="editions:to_answer",
        preview="front:preview",
        asked="admissions:asked",
        set_test="admissions:set_test",
        ranking="admissions:ranking",
        texts="notices:texts",
        write_all="notices:write_all",
    ),
    *of("lidia", PAST, cockpit="desk:cockpit", ranking="admissions:ranking"),
    *of("lidia", OFFERED, cockpit="desk:cockpit", ranking="admissions:ranking"),
    Shot("reading-english", "admissions:reading", "lidia", {"slug": READING}, language="en"),
    Shot(
        "criterion-english",
        "admissions:change_criterion",
        "lidia",
        {"slug": DRAFT, "number": "@criterion"},
        language="en",
    ),
    Shot("ranking-claims", "admissions:claims", "lidia", {"slug": PAST, "code": "@claimed"}),
    *of("lidia", RUNNING, cockpit="desk:cockpit"),
    *of("lidia", READING, cockpit="desk:cockpit", reading="admissions:reading"),
    *of(
        "lidia",
        DRAFT,
        reading="admissions:reading",
        weigh="admissions:weigh",
        criterion_add="admissions:add_criterion",
    ),
    Shot("criterion", "admissions:change_criterion", "lidia", {"slug": DRAFT, "number": "@criterion"}),
    Shot(
        "criterion-away", "admissions:take_criterion_away", "lidia", {"slug": DRAFT, "number": "@criterion"}
    ),
    *of("lidia", INVITED, cockpit="desk:cockpit", invitations="classroom:invitations"),
    *of("lidia", DRAFT, cockpit="desk:cockpit", publish="editions:publish", preview="front:preview"),
    Shot("classe-3-cockpit-english", "desk:cockpit", "lidia", {"slug": OPEN}, language="en"),
    *of("lidia", DRAFT, asked="admissions:asked"),
    Shot("asked-english", "admissions:asked", "lidia", {"slug": DRAFT}, language="en"),
    Shot("asked-add", "admissions:add_asked", "lidia", {"slug": DRAFT, "kind": "cv"}),
    Shot("asked-add-english", "admissions:add_asked", "lidia", {"slug": DRAFT, "kind": "cv"}, language="en"),
    *[
        Shot(
            f"asked-{name}",
            f"admissions:{url}",
            "lidia",
            {"slug": DRAFT, "kind": "letter", "number": "@letter question"},
        )
        for name, url in (("change", "change_asked"), ("move", "move_asked"), ("away", "take_asked_away"))
    ],
    Shot("phase", "editions:phase", "lidia", {"slug": OPEN, "kind": "assessment"}),
    Shot("phase-add", "editions:add_phase", "lidia", {"slug": INVITED, "kind": "assessment"}),
    Shot("phase-leave-out", "editions:leave_out", "lidia", {"slug": OPEN, "kind": "assessment"}),
    Shot("role-end", "editions:end_role", "lidia", {"slug": OPEN, "number": "@role"}),
    Shot("role-hand-over", "editions:hand_over", "lidia", {"slug": OPEN, "number": "@role"}),
    Shot("question-answer", "editions:answer", "lidia", {"slug": OPEN, "number": "@asked"}),
    Shot("text", "notices:text", "lidia", {"slug": OPEN, "key": "@text"}),
    Shot("write", "notices:write", "lidia", {"slug": OPEN, "key": "@list"}),
    Shot(
        "write-preview", "notices:write", "lidia", {"slug": OPEN, "key": "@list"}, do=steps.letter_previewed
    ),
    Shot("letter", "notices:message", "lidia", {"slug": OPEN, "number": "@letter"}),
    Shot("invitation", "editions:invitation", "tea", {"code": "@invitation"}),
    *of("bice", OPEN, helps="admissions:helps"),
    Shot("help-decide", "admissions:decide", "bice", {"slug": OPEN, "code": "@helped"}),
    Shot("health", "config:health", "ottavio"),
    Shot("school", "editions:school", "ottavio"),
    Shot("tables", "admin:index", "ottavio"),
    Shot("tables-people", "admin:people_person_changelist", "ottavio"),
    Shot("beginnings", "editions:beginnings", "ottavio"),
    Shot("begin", "editions:begin", "ottavio", {"key": "invited"}),
    Shot("begin-plan", "editions:begin", "ottavio", {"key": "invited"}, do=steps.plan_shown),
    Shot("copy", "editions:copy", "ottavio", {"slug": PAST}),
    Shot("bank", "questions:bank", "lidia"),
    Shot("bank-bring", "questions:bring", "lidia"),
    Shot("bank-file", "questions:run", "lidia", {"pk": "@file"}),
    Shot("bank-file-taken", "questions:run", "lidia", {"pk": "@taken file"}),
    Shot("blueprint", "questions:blueprint", "lidia", {"pk": "@blueprint"}),
    Shot("blueprint-new", "questions:new_blueprint", "lidia"),
    Shot("mail", "front:first_mail", "ottavio"),
]
FIRST_RUN = [
    Shot("first-home", "front:home", FOUNDER),
    Shot("first-code", "front:first_run", FOUNDER),
    Shot("first-wrong-code", "front:first_run", FOUNDER, do=steps.wrong_first_code),
    Shot("first-school", "front:first_school", FOUNDER, do=steps.first_code),
    Shot("first-mail", "front:first_mail", FOUNDER, do=steps.first_school),
    Shot("first-desk", "desk:desk", FOUNDER),
    Shot("first-beginnings", "editions:beginnings", FOUNDER),
]
REFUSALS = [
    Shot("error-missing", "", query="/nothing-here/", status=404),
    Shot("error-denied", "desk:cockpit", "bice", {"slug": OPEN}, status=403),
    Shot("error-not-allowed", "people:leave", status=405),
    Shot("error-stale", "", do=steps.stale, status=403),
    Shot("error-signed-out", "", f"{ANEW} marta", do=steps.signed_out, status=403),
    Shot("error-unreadable", "", do=steps.unreadable, status=400),
    Shot("error-too-large", "", "ottavio", do=steps.too_large, status=413),
    Shot("error-broken", "", "lidia", do=steps.broken, status=500),
]
SHOTS = [*PUBLIC, *ENTERING, *OWN, *DESKS, *APPLYING, *TESTING, *COORDINATING, *FIRST_RUN, *REFUSALS]

# Urls that answer GET and are no page of their own, each with its reason.
LEFT_OUT = {
    "ui:sheet": "a stylesheet or a script",
    "editions:mark": "a picture",
    "front:rules_file": "a file of data",
    "front:card": "a picture",
    "front:calendar": "a calendar file",
    "desk:calendar": "a calendar file",
    "front:feed": "a feed",
    "healthz": "for machines",
    "admissions:evidence": "a file to take away",
    "admissions:paper": "a file to take away",
    "people:copy": "a file to take away",
    "people:portrait": "a picture",
    "account_login": "people:enter, under the name that allauth looks for",
    "account_reauthenticate": "people:again, under the name that allauth looks for",
    "mfa_login_webauthn": "data for the passkey's script",
    "mfa_remove_webauthn": "needs a passkey of a real device; its story is in people's tests",
}


def amiss(resolver: URLResolver, shots: Iterable[Shot], left_out: Mapping[str, str]) -> list[str]:
    """Say which page is forgotten, pictured and left out at once, or no longer there, and which name stands twice."""
    readable = {door.name for door in doors(resolver) if "GET" in door.methods}
    every = {door.name for door in doors(resolver)}
    listed = [shot.url for shot in shots if shot.url]
    names = [shot.name for shot in shots]
    found = [f"{name} is neither pictured nor left out" for name in sorted(readable - {*listed, *left_out})]
    found += [f"{name} is pictured and left out" for name in sorted({*listed} & {*left_out})]
    found += [f"{name} is no url of the house" for name in sorted({*listed, *left_out} - every)]
    found += [f"{name} stands twice" for name in sorted({one for one in names if names.count(one) > 1})]
    return found


def arguments(shot: Shot, things: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the arguments of a shot's url; None if something it needs is not there in this house."""
    found = {}
    for name, value in shot.kwargs.items():
        before, mark, wanted = value.partition("@")
        if mark and things.get(wanted) is None:
            return None
        found[name] = f"{before}{things[wanted]}" if mark else value
    return found
