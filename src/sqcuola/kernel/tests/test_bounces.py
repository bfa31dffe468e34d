"""Returned mail is read as mail servers write it: what failed came back, what is late did not, what is not ours is left alone."""

import io
import mailbox
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from sqcuola.kernel import bounces, clock, outbox, reasons, working
from sqcuola.kernel.bounces import Fate
from sqcuola.kernel.models import Outgoing

pytestmark = pytest.mark.django_db

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@posta.example>
To: nobody@sqcuola.example
Subject: {subject}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

I am sorry to have to inform you, and so on: 5.9.9 is only talked about here.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; posta.example
Arrival-Date: Mon, 23 Nov 2026 12:00:00 +0000

Final-Recipient: rfc822; {final}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected

{returned}
--b1--
"""
WHOLE = """\
--b1
Content-Type: message/rfc822

From: nobody@sqcuola.example
To: {address}
Message-ID: {message_id}
Subject: Ciao

Eccoci.
"""
HEAD = """\
--b1
Content-Type: text/rfc822-headers

From: nobody@sqcuola.example
Message-ID: {message_id}
"""


def report(address="ada@example.org", action="failed", status="5.1.1", returned="", message_id="", final=""):
    shown = returned.format(address=address, message_id=message_id)
    said = {"address": address, "action": action, "status": status, "final": final or address}
    return REPORT.format(subject="Undelivered", returned=shown, **said).encode()


@pytest.fixture
def sent(at):
    def sent(key="test:1", to="ada@example.org", at=at):
        letter = outbox.put(key=key, to=to, subject="Ciao", text="Eccoci.", at=at)
        working.run_due(at)
        letter.refresh_from_db()
        assert letter.state == "sent"
        return letter

    return sent


def state(letter):
    letter.refresh_from_db()
    return letter.state


class TestReading:
    @pytest.mark.parametrize("returned", [WHOLE, HEAD])
    def test_who_why_and_which_letter(self, returned):
        assert bounces.read(report(returned=returned, message_id="<a.b@sqcuola.example>")) == [
            bounces.Report("ada@example.org", "failed", "5.1.1", "<a.b@sqcuola.example>")
        ]

    def test_the_address_we_wrote_to_counts_and_not_where_it_was_passed_on_to(self):
        assert bounces.read(report(final="ada@elsewhere.example"))[0].address == "ada@example.org"

    def test_each_recipient_is_a_report(self):
        two = report().replace(
            b"Final-Recipient:",
            b"Final-Recipient: rfc822; bruno@example.org\nAction: delayed\n\nFinal-Recipient:",
            1,
        )
        assert [(one.address, one.action) for one in bounces.read(two)] == [
            ("bruno@example.org", "delayed"),
            ("ada@example.org", "failed"),
        ]

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"From: x@example.org\n\nI am on holiday.",
            b"\xff\xfe\x00" * 100,
            report().replace(b"message/delivery-status", b"text/plain"),
            report().replace(b"Action: failed", b"X-Action: failed"),
            report()[:400],
        ],
    )
    def test_what_is_no_report_is_said_to_be_none(self, raw, at):
        assert bounces.read(raw) == []
        assert bounces.take(raw, at) == [Fate.NO_REPORT]


class TestTaking:
    def test_the_letter_that_is_named_came_back_and_no_other(self, sent, at):
        first, second = sent("a"), sent("b")
        raw = report(returned=HEAD, message_id=first.message_id, address="ada@elsewhere.example")

        assert bounces.take(raw, at) == [Fate.CAME_BACK]
        assert (state(first), state(second)) == ("bounced", "sent")
        assert first.problem == "report 5.1.1"

    def test_read_twice_it_is_noted_once(self, sent, at):
        letter = sent()
        bounces.take(report(returned=HEAD, message_id=letter.message_id), at)
        again = report(returned=HEAD, message_id=letter.message_id, status="5.2.2").replace(
            b"5.1.1", b"5.2.2"
        )
        assert bounces.take(again, at) == [Fate.CAME_BACK]
        assert state(letter) == "bounced"
        assert letter.problem == "report 5.1.1"

    def test_what_is_late_has_not_come_back_however_often_it_is_said(self, sent, at):
        letter = sent()
        late = report(action="delayed", status="4.4.1", returned=WHOLE, message_id=letter.message_id)

        assert [bounces.take(late, at) for _ in range(5)] == [[Fate.LATE]] * 5
        assert state(letter) == "sent"

    def test_a_server_that_gave_up_after_days_is_an_end(self, sent, at):
        letter = sent()
        bounces.take(report(status="4.4.7", returned=WHOLE, message_id=letter.message_id), at)

        assert state(letter) == "bounced"

    @pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
    def test_what_arrived_arrived(self, sent, at, action):
        letter = sent()

        assert bounces.take(report(action=action), at) == [Fate.ARRIVED]
        assert state(letter) == "sent"

    def test_a_name_we_never_gave_is_of_a_mail_that_was_not_ours(self, sent, at):
        letter = sent()

        assert bounces.take(report(returned=HEAD, message_id="<x@sqcuola.example>"), at) == [Fate.NOT_OURS]
        assert state(letter) == "sent"

    def test_without_a_name_it_is_the_letter_that_left_last_and_lately(self, sent, at):
        day = timedelta(days=1)
        first, last = sent("a"), sent("b", at=at + day)
        assert bounces.take(report(address="ADA@example.org"), at + 3 * day) == [Fate.CAME_BACK]
        assert (state(first), state(last)) == ("sent", "bounced")

        other = sent("c", to="bruno@example.org")
        assert bounces.take(report(address="bruno@example.org"), at + 8 * day) == [Fate.NOT_OURS]
        assert state(other) == "sent"

    def test_a_letter_that_never_left_cannot_come_back(self, at):
        letter = outbox.put(key="a", to="ada@example.org", subject="Ciao", text="Eccoci.", at=at)

        assert bounces.take(report(returned=HEAD, message_id=letter.message_id), at) == [Fate.NOT_OURS]
        assert state(letter) == "waiting"


@pytest.mark.parametrize(
    ("problem", "italian"),
    [
        ("report 5.1.1", "questo indirizzo non esiste"),
        ("SMTPRecipientsRefused 550", "questo indirizzo non esiste"),
        ("report 5.1.10", "la parte dopo la @ non riceve posta"),
        ("report 4.2.2", "la casella è piena"),
        ("report 5.7.26", "dall’altra parte l’hanno presa per posta indesiderata"),
        ("report 4.4.7", "per giorni dall’altra parte non ha risposto nessuno"),
        ("bounced invalid", "questo indirizzo non esiste"),
        ("ConnectionRefusedError", "il nostro server della posta non rispondeva"),
        ("report", "dall’altra parte l’hanno rifiutata"),
        ("SMTPDataError 599", "dall’altra parte l’hanno rifiutata"),
    ],
)
def test_why_is_said_in_words(problem, italian):
    with translation.override("it"):
        assert str(reasons.why(problem)) == italian


@pytest.mark.parametrize(
    ("words", "code"),
    [("smtp;550 5.1.1 <a@1.2.3.4>", "5.1.1"), ("552 full", "552"), ("10.5.1.1 says no", ""), ("", "")],
)
def test_the_code_is_found_in_what_a_server_says(words, code):
    assert reasons.code_in(words) == code


class TestCommand:
    @pytest.fixture
    def letter(self, sent):
        return sent(at=clock.now())

    def said(self, *paths):
        out = io.StringIO()
        call_command("bounces", *map(str, paths), stdout=out)
        return out.getvalue().strip()

    def test_from_the_standard_input(self, letter, monkeypatch):
        raw = report(returned=WHOLE, message_id=letter.message_id)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))

        assert self.said() == "1 came back."
        assert state(letter) == "bounced"

    def test_from_a_mail_and_an_mbox(self, letter, tmp_path):
        one, many = tmp_path / "one.eml", tmp_path / "many"
        one.write_bytes(report(action="delayed"))
        box = mailbox.mbox(many)
        box.add(report(returned=WHOLE, message_id=letter.message_id))
        box.add(b"From: x@example.org\n\nCiao.")
        box.close()

        assert (
            self.said(one, many)
            == "1 came back, 1 late, and still on their way, 1 no report of a mail server."
        )
        assert state(letter) == "bounced"

    def test_a_maildir_is_read_once(self, letter, tmp_path):
        box = mailbox.Maildir(tmp_path / "box")
        box.add(report(returned=WHOLE, message_id=letter.message_id))

        assert self.said(tmp_path / "box") == "1 came back."
        assert self.said(tmp_path / "box") == "Nothing new."
        assert [path.name[-4:] for path in (tmp_path / "box" / "cur").iterdir()] == [":2,S"]
        assert Outgoing.objects.get().state == "bounced"

    def test_a_mail_made_to_be_unreadable_holds_nobody_up(self, letter, tmp_path):
        box = mailbox.Maildir(tmp_path / "box")
        deep = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(3000))
        (tmp_path / "box" / "new" / "1.first").write_bytes(deep.encode())
        box.add(report(returned=WHOLE, message_id=letter.message_id))

        assert self.said(tmp_path / "box") == "1 came back, 1 no report of a mail server."
        assert len(list((tmp_path / "box" / "cur").iterdir())) == 2
        assert self.said(tmp_path / "box") == "Nothing new."

    def test_a_path_that_is_neither_is_refused(self, tmp_path):
        with pytest.raises(CommandError, match="neither a file nor a maildir"):
            self.said(tmp_path / "nothing")


class TestLetters:
    def said(self, **how):
        out = io.StringIO()
        call_command("letters", stdout=out, **how)
        return out.getvalue().strip()

    def test_what_is_in_doubt_or_came_back_is_listed_without_addresses(self, sent):
        assert self.said() == "No letter is in doubt, and none came back lately."
        now = clock.now()
        for name in ("a", "b", "c"):
            sent(name, at=now)
        Outgoing.objects.filter(key="a").update(state="uncertain")
        outbox.came_back("report 5.1.1", address="ada@example.org", at=now)

        assert self.said() == "c  bounced  report 5.1.1\na  uncertain"

    def test_a_person_decides_to_send_one_again(self, sent):
        sent("a", at=clock.now())
        with pytest.raises(CommandError, match="No letter a is in doubt"):
            self.said(again="a")
        Outgoing.objects.update(state="uncertain")

        assert self.said(again="a") == "a leaves once more."
        assert Outgoing.objects.get().state == "waiting"
