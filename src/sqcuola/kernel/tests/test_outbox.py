"""A letter is put once, sent once, and in doubt is not sent again."""

import re
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from sqcuola.kernel import outbox, working
from sqcuola.kernel.models import Outgoing

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for a process that ends: nothing that catches errors catches it."""


class Failing(EmailBackend):
    """Does what the test says before or after the letter has left."""

    opening: BaseException | None = None
    before: BaseException | None = None
    after: BaseException | None = None

    def open(self):
        if self.opening:
            raise self.opening

    def send_messages(self, messages):
        if self.before:
            raise self.before
        sent = super().send_messages(messages)
        if self.after:
            raise self.after
        return sent


@pytest.fixture
def failing(monkeypatch, settings):
    from sqcuola.kernel.tests import test_outbox  # the module as Django imports it by name

    backend = test_outbox.Failing
    for name in ("opening", "before", "after"):
        monkeypatch.setattr(backend, name, None)
    settings.MAILERS = {"default": {"BACKEND": "sqcuola.kernel.tests.test_outbox.Failing"}}
    return lambda **errors: [monkeypatch.setattr(backend, name, error) for name, error in errors.items()]


@pytest.fixture
def put(at):
    def put(key="test:1", **how):
        return outbox.put(
            **{"key": key, "to": "ada@example.org", "subject": "Ciao", "text": "Eccoci.", "at": at, **how}
        )

    return put


def states():
    return list(Outgoing.objects.order_by("pk").values_list("state", flat=True))


class TestPutting:
    def test_a_letter_leaves_after_the_commit_with_all_it_says(self, put, at):
        put(html="<p>Eccoci.</p>", headers={"Auto-Submitted": "auto-generated"})
        assert mail.outbox == []
        working.run_due(at)

        (sent,) = mail.outbox
        assert (sent.to, sent.subject, sent.body) == (["ada@example.org"], "Ciao", "Eccoci.")
        assert sent.alternatives[0].content == "<p>Eccoci.</p>"
        letter = Outgoing.objects.get()
        assert sent.extra_headers == {"Auto-Submitted": "auto-generated", "Message-ID": letter.message_id}
        assert re.fullmatch(r"<[^@<>\s]+@sqcuola\.example>", letter.message_id)
        assert states() == ["sent"]
        assert Outgoing.objects.get().sent_at == at

    def test_the_same_key_is_one_letter(self, put, at):
        assert put().pk == put(subject="Ancora").pk
        working.run_due(at)

        assert [sent.subject for sent in mail.outbox] == ["Ciao"]

    def test_a_rolled_back_transaction_takes_its_letter_along(self, put, at):
        with transaction.atomic():
            put()
            transaction.set_rollback(True)
        working.run_due(at)

        assert mail.outbox == []

    def test_a_letter_for_later_can_be_taken_back_until_then(self, put, at):
        kept, gone = (
            put("a", send_after=at + timedelta(minutes=10)),
            put("b", send_after=at + timedelta(minutes=10)),
        )
        working.run_due(at + timedelta(minutes=9))
        assert outbox.take_back(Outgoing.objects.filter(pk=gone.pk)) == 1
        working.run_due(at + timedelta(minutes=10))

        assert len(mail.outbox) == 1
        assert states() == ["sent", "taken-back"]
        assert outbox.take_back(Outgoing.objects.filter(pk=kept.pk)) == 0

    def test_a_subject_on_two_lines_adds_no_header(self, put, at):
        put(subject="Ciao\nBcc: all@example.org")
        working.run_due(at)

        assert mail.outbox[0].subject == "Ciao Bcc: all@example.org"


class TestCrashes:
    def test_killed_before_it_left_it_is_not_sent_again_by_itself(self, put, failing, at):
        put()
        failing(before=Killed())
        with pytest.raises(Killed):
            working.run_due(at)
        failing(before=None)
        after_a_crash(at)

        assert mail.outbox == []
        assert states() == ["uncertain"]

    def test_killed_after_it_left_it_is_not_sent_twice(self, put, failing, at):
        put()
        failing(after=Killed())
        with pytest.raises(Killed):
            working.run_due(at)
        failing(after=None)
        after_a_crash(at)

        assert len(mail.outbox) == 1
        assert states() == ["uncertain"]
        assert [letter.key for letter in outbox.to_settle()] == ["test:1"]

    def test_killed_before_the_claim_it_is_sent(self, put, at, monkeypatch):
        put()
        with monkeypatch.context() as patch:
            patch.setattr(working, "_run", raising(Killed()))
            with pytest.raises(Killed):
                working.run_due(at)
        after_a_crash(at)

        assert len(mail.outbox) == 1
        assert states() == ["sent"]

    def test_a_line_that_breaks_while_sending_leaves_a_doubt(self, put, failing, at):
        put()
        failing(after=smtplib.SMTPServerDisconnected("Connection unexpectedly closed"))
        working.run_due(at)

        assert len(mail.outbox) == 1
        assert states() == ["uncertain"]

    def test_a_person_may_decide_to_send_it_again(self, put, failing, at):
        letter = put()
        failing(before=TimeoutError())
        working.run_due(at)
        failing(before=None)

        assert outbox.send_again(letter, at=at)
        assert not outbox.send_again(letter, at=at)
        working.run_due(at)
        assert states() == ["sent"]


def raising(error):
    def run(*_args):
        raise error

    return run


def after_a_crash(at):
    for minutes in (1, 6, 20, 60):
        working.run_due(at + timedelta(minutes=minutes))


class TestRefusals:
    @pytest.mark.parametrize(
        "error",
        [
            smtplib.SMTPRecipientsRefused({"ada@example.org": (450, b"later")}),
            smtplib.SMTPDataError(451, b"greylisted"),
        ],
    )
    def test_a_temporary_one_is_tried_again(self, put, failing, at, error):
        put()
        failing(before=error)
        working.run_due(at)
        assert states() == ["waiting"]
        failing(before=None)
        working.run_due(at + timedelta(seconds=29))
        assert mail.outbox == []
        working.run_due(at + timedelta(seconds=30))

        assert states() == ["sent"]

    def test_a_server_that_does_not_answer_is_tried_five_times(self, put, failing, at):
        put()
        failing(opening=ConnectionRefusedError())
        for minutes in range(300):
            working.run_due(at + timedelta(minutes=minutes))

        letter = Outgoing.objects.get()
        assert (letter.state, letter.tries, letter.problem) == ("bounced", 5, "ConnectionRefusedError")

    @pytest.mark.parametrize(
        ("error", "problem"),
        [
            (
                smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no such user")}),
                "SMTPRecipientsRefused 550",
            ),
            (
                smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"5.1.1 <ada@example.org> unknown")}),
                "SMTPRecipientsRefused 5.1.1",
            ),
            (smtplib.SMTPDataError(554, b"spam"), "SMTPDataError 554"),
        ],
    )
    def test_a_final_one_ends_it(self, put, failing, at, error, problem):
        put()
        failing(before=error)
        working.run_due(at)

        assert states() == ["bounced"]
        assert Outgoing.objects.get().problem == problem

    def test_a_provider_names_a_letter_in_its_own_way(self, put, failing, at, monkeypatch):
        class Named:
            message_id = "provider-17"

        monkeypatch.setattr(EmailMultiAlternatives, "anymail_status", Named, raising=False)
        put()
        working.run_due(at)

        assert Outgoing.objects.get().message_id == "provider-17"


class TestForgetting:
    def test_an_address_is_forgotten_with_all_its_letters(self, put):
        put("a")
        put("b", to="bruno@example.org")

        assert outbox.forget("Ada@example.org") == 1
        assert Outgoing.objects.get().to == "bruno@example.org"

    def test_words_go_after_three_months_and_the_fact_stays(self, put, at):
        put("old")
        working.run_due(at)
        put("new", at=at + timedelta(days=80))
        outbox.forget_words(at + timedelta(days=91))

        assert dict(Outgoing.objects.values_list("key", "text")) == {"old": "", "new": "Eccoci."}
