"""What the house says by itself in a selection. An edition may say each in its own words."""

from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Phase
from sqcuola.notices.texts import Field, register

RECEIPT = "admissions.receipt"
WITHDRAWN = "admissions.withdrawn"
HELP_DECIDED = "admissions.help-decided"
TEST_NEAR = "admissions.test-near"
OFFER = "admissions.offer"
CALLED_UP = "admissions.called-up"
ACCEPTED = "admissions.accepted"
EXPIRED = "admissions.expired"
RANKED = "admissions.ranked"
LINE_ENDED = "admissions.line-ended"

SEAT = Field(_("the number of the seat"), "17")
DEADLINE = Field(_("until when to answer"), _("Thursday 10 December, 23:59"))
CONTACT = Field(_("whom to ask for help"), "Lidia, 0521 000 000")
COMMON = {"seat": SEAT, "deadline": DEADLINE}


def register_texts() -> None:
    """Register every text, in the order in which people read them."""
    _of_the_call()
    _of_the_test()
    _of_offers()
    _of_answers()
    _of_the_line()


def _of_the_call() -> None:
    register(
        RECEIPT,
        title=_("The receipt of an application"),
        subject=_("Your application to {edition} is handed in: {code}"),
        body=_(
            "Hello {name},\n\nyour application to {edition} is handed in, on {when}.\n\nIts code is {code}. Your test-day code "
            "is {test_code}: write it down, on the day it opens your test even if no mail arrives.\n\nThe fingerprint of what "
            "you wrote is {fingerprint}; the chain of acts ended at number {act} with {head}. Keep this mail: it proves "
            "what you handed in.\n\nUntil the call closes you can change it and hand in again.\n\nIf you need help: {contact}\n\n"
            "Your application: {url}"
        ),
        fields={
            "code": Field(_("the code of the application"), "K7M2QX4R"),
            "test_code": Field(_("the code for the day of the test"), "P3W9HC"),
            "when": Field(_("when it was handed in, to the second"), _("Monday 23 November 2026, 11:42:07")),
            "fingerprint": Field(_("the fingerprint of what was handed in"), "9f3c71ab04de8825"),
            "act": Field(_("the number at which the chain of acts ended"), "4127"),
            "head": Field(_("the end of the chain of acts"), "03b1d9e77a5c2f68"),
            "contact": CONTACT,
        },
        stage=Phase.Kind.CALL,
        needs=("code", "test_code", "fingerprint", "head"),
        firm=True,
    )
    register(
        WITHDRAWN,
        title=_("An application was withdrawn"),
        subject=_("You withdrew your application to {edition}"),
        body=_(
            "Hello {name},\n\nyour application to {edition} is withdrawn, as you asked. While the call is open you can take it up "
            "again, with everything you had written.\n\nIf it was not you, come in and sign out everywhere else.\n\n"
            "Your application: {url}"
        ),
        stage=Phase.Kind.CALL,
        firm=True,
    )


def _of_the_test() -> None:
    register(
        HELP_DECIDED,
        title=_("A request for help at the test was decided"),
        subject=_("What you asked for at the test of {edition} is decided"),
        body=_(
            "Hello {name},\n\nsomebody read what you need at the test of {edition}, and decided. What you get stands on the page of "
            "the test; nobody who marks or ranks knows of it.\n\nRead it: {url}\n\nIf you need help: {contact}"
        ),
        fields={"contact": CONTACT},
        stage=Phase.Kind.ASSESSMENT,
    )
    register(
        TEST_NEAR,
        title=_("The test is near"),
        subject=_("The test of {edition} opens {begins}"),
        body=_(
            "Hello {name},\n\nthe test of {edition} opens {begins}, and can be begun up to {ends}. Keep a quiet hour free: from "
            "the moment you begin, your time runs.\n\nYour test-day code is {test_code}: it opens your test on any device, "
            "also when you cannot come in.\n\nHow long you have, and a trial that counts nothing: {url}\n\n"
            "If you need help: {contact}"
        ),
        fields={
            "begins": Field(_("when the test opens"), _("Thursday 10 December, 10:00")),
            "ends": Field(_("until when it can be begun"), _("Thursday 10 December, 23:59")),
            "test_code": Field(_("the code for the day of the test"), "P3W9HC"),
            "contact": CONTACT,
        },
        stage=Phase.Kind.ASSESSMENT,
        needs=("begins", "test_code"),
        firm=True,
    )


def _of_offers() -> None:
    register(
        OFFER,
        title=_("A seat is offered to who was admitted"),
        subject=_("There is a seat for you in {edition}: answer by {deadline}"),
        body=_(
            "Hello {name},\n\nthe ranking of {edition} is closed, and seat {seat} is yours if you want it. Answer by {deadline}.\n\n"
            "Answer: {url}\n\nIf you do not answer in time it goes to the next by itself. If you cannot come, say so: "
            "somebody is waiting."
        ),
        fields=COMMON,
        stage=Phase.Kind.RANKING,
        needs=("deadline", "url"),
        firm=True,
    )
    register(
        CALLED_UP,
        title=_("A seat is offered to who waited"),
        subject=_("A seat has become free for you in {edition}: answer by {deadline}"),
        body=_(
            "Hello {name},\n\nyou were waiting, and a seat of {edition} has become free: seat {seat} is yours if you want it. Answer "
            "by {deadline}.\n\nAnswer: {url}\n\nIf you do not answer in time it goes to the next by itself."
        ),
        fields=COMMON,
        stage=Phase.Kind.RANKING,
        needs=("deadline", "url"),
        firm=True,
    )


def _of_answers() -> None:
    register(
        ACCEPTED,
        title=_("Somebody took their seat"),
        subject=_("Seat {seat} of {edition} is yours"),
        body=_(
            "Hello {name},\n\nyou took seat {seat}: from this moment you are in {edition}. Your classmates are arriving.\n\n"
            "See the class: {url}"
        ),
        fields={"seat": SEAT},
        choice=False,
        stage=Phase.Kind.RANKING,
    )
    register(
        EXPIRED,
        title=_("An offer was not answered in time"),
        subject=_("The time to answer for your seat in {edition} is over"),
        body=_(
            "Hello {name},\n\nseat {seat} of {edition} was yours until {deadline}, and no answer came: it is free again for who "
            "waits.\n\nYour result: {url}"
        ),
        fields=COMMON,
        choice=False,
        stage=Phase.Kind.RANKING,
    )


def _of_the_line() -> None:
    register(
        RANKED,
        title=_("The ranking is closed, and there is no seat yet"),
        subject=_("The ranking of {edition} is closed"),
        body=_(
            "Hello {name},\n\nthe ranking of {edition} is closed, and for now there is no seat for you. Your place and your points stand "
            "on your page, and only you see them.\n\nYour result: {url}\n\nYou are on the waiting list: when somebody leaves "
            "a seat it goes to the next by itself, and we write to you. You need not do anything."
        ),
        choice=False,
        stage=Phase.Kind.RANKING,
    )
    register(
        LINE_ENDED,
        title=_("The waiting list ends, because the class begins"),
        subject=_("The waiting list of {edition} is closed"),
        body=_(
            "Hello {name},\n\nthe class of {edition} begins. Until now seats went on to the next, and none reached you: you need not "
            "wait any longer.\n\nNobody leaves with empty hands: what is open of the class is open to you too.\n\n"
            "Your result: {url}"
        ),
        choice=False,
        stage=Phase.Kind.RANKING,
    )
