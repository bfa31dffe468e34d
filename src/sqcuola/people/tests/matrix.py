"""Who may open the pages of `people`. What is one's own has no other reader: each person asks for their own."""

from sqcuola.kernel.permissions import EVERYONE, MEMBERS, Row
from sqcuola.people import actions, entering
from sqcuola.people.models import Block, Device, Person


def cast(cast):
    """Add somebody with an open page, and things that belong to the stranger alone."""
    at, stranger = cast.at, cast.people["stranger"]
    olga = entering.create_person("olga@example.org", name="Olga Aperta", language="en", at=at)
    actions.choose_privacy(olga, audiences={"name": "world"}, by=olga, at=at)
    hidden = Person.objects.create_user("hidden@example.org", "Ugo Chiuso")
    actions.block(hidden, by=stranger, at=at)
    cast.things["handle"] = olga.handle
    cast.things["block"] = Block.objects.get(blocker=stranger).pk
    device = Device.objects.create(person=stranger, session_key="elsewhere", way="code", entered_at=at)
    cast.things["device"] = device.pk


def page(cast):
    return {"handle": cast.handle}


def token(_cast):
    return {"token": "nothing"}


def both(url, allowed, answers, **more):
    """Return the rows of a page and of its form."""
    return [
        Row(url, "GET", allowed=allowed, answers=answers, **more),
        Row(url, "POST", allowed=allowed, answers=answers, **more),
    ]


# Asked anew who it is (302), before the page itself says whose it is.
FRESH = [
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "new_password",
    "rescues",
    "people:address",
    "people:address_code",
    "people:join",
    "people:join_code",
    "people:join_confirm",
    "people:erase",
]
# The steps of the way in, reached without the step before: back to the first (302).
STEPS = ["people:code", "people:name", "mfa_authenticate", "mfa_login_webauthn", "ask_rescue"]
OWN = ["people:profile", "people:privacy", "people:consents"]

ROWS = [
    *both("people:enter", EVERYONE, 200),
    *both("account_login", EVERYONE, 200),
    *both("people:password", EVERYONE, 200),
    *[row for url in STEPS for row in both(url, EVERYONE, 302)],
    Row("people:another_code", "POST", allowed=EVERYONE),
    *both("people:link_code", EVERYONE, 410, kwargs=token),
    *both("people:link", EVERYONE, 410, kwargs=token),
    Row("people:again", allowed=MEMBERS),
    Row("people:again", "POST", allowed=MEMBERS),
    Row("account_reauthenticate", allowed=MEMBERS),
    Row("account_reauthenticate", "POST", allowed=MEMBERS),
    Row("people:leave", "POST", allowed=EVERYONE),
    Row("people:erased", allowed=EVERYONE),
    Row("people:me", allowed=MEMBERS),
    *[row for url in OWN for row in both(url, MEMBERS, 200)],
    *[row for url in FRESH for row in both(url, MEMBERS, 302)],
    *both("mfa_remove_webauthn", MEMBERS, 302, kwargs=lambda _cast: {"pk": 1}),
    Row("mfa_view_recovery_codes", allowed=MEMBERS, answers=302),
    Row("people:data", allowed=MEMBERS),  # read as one is; a copy is asked for anew
    Row("people:data", "POST", allowed=MEMBERS, answers=302),
    Row("people:copy", allowed=MEMBERS, answers=302, kwargs=lambda _cast: {"number": 1}),
    Row("mfa_index", allowed=MEMBERS),
    Row("drop_password", "POST", allowed=MEMBERS),
    Row("end_other_devices", "POST", allowed=MEMBERS),
    Row("stop_rescue", "POST", allowed=MEMBERS),
    Row("end_device", "POST", allowed=("stranger",), kwargs=lambda cast: {"number": cast.device}),
    Row("people:drop_block", "POST", allowed=("stranger",), kwargs=lambda cast: {"number": cast.block}),
    Row("people:page", allowed=EVERYONE, kwargs=page),
    Row("people:portrait", kwargs=lambda cast: {**page(cast), "number": 1}),
    *[
        Row(f"people:{deed}", "POST", allowed=MEMBERS, kwargs=page)
        for deed in ("follow", "unfollow", "block", "unblock")
    ],
]
