"""A letter to a list: to whom one wants, once, with ten minutes to take it back."""

from datetime import timedelta

import pytest
from django.core import mail

from sqcuola.kernel import lists, outbox, working
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import HIDDEN, Missing, Refused
from sqcuola.notices import actions, queries
from sqcuola.notices.models import Message
from sqcuola.notices.texts import Said

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SAID = Said("{edition}: manca poco", "Ciao {name},\n\nti aspettiamo.")


@pytest.fixture
def send(edition, everybody, lidia, nives, ugo, at):
    def send(once="page-1", **how):
        return actions.send(edition, everybody, SAID, **{"once": once, "by": lidia, "at": at, **how})

    return send


def acts():
    found = Act.objects.filter(verb__startswith="message-").order_by("pk")
    return [(act.verb, act.payload["receivers"]) for act in found]


class TestSending:
    def test_it_leaves_after_ten_minutes_to_each_by_name(self, send, at):
        send()
        working.run_due(at + 9 * MINUTE)
        assert mail.outbox == []
        working.run_due(at + 10 * MINUTE)

        assert [sent.subject for sent in mail.outbox] == ["Classe III: manca poco"] * 2
        assert [sent.body.splitlines()[0] for sent in mail.outbox] == ["Ciao Nives,", "Ciao Ugo,"]
        assert acts() == [("message-sent", 2)]

    def test_or_at_an_hour(self, send, at):
        send(leaves_at=at + 90 * MINUTE)
        working.run_due(at + 89 * MINUTE)
        assert mail.outbox == []
        working.run_due(at + 90 * MINUTE)

        assert len(mail.outbox) == 2

    def test_whom_one_leaves_out_gets_nothing(self, send, nives, at):
        message = send(out=[nives.pk])
        working.run_due(at + 10 * MINUTE)

        assert [sent.to for sent in mail.outbox] == [["ugo@example.org"]]
        assert message.receivers.count() == 1

    def test_the_same_page_sent_twice_is_one_letter(self, send, at):
        assert send().pk == send().pk
        send("page-2")

        assert Message.objects.count() == 2
        assert acts() == [("message-sent", 2)] * 2

    def test_a_worker_that_dies_half_way_sends_nothing_twice(self, send, at):
        from sqcuola.notices.jobs import deliver

        message = send()
        working.run_due(at + 10 * MINUTE)
        message.receivers.filter(pk=message.receivers.first().pk).update(outgoing=None)
        deliver.enqueue(message.pk)
        working.run_due(at + 11 * MINUTE)

        assert len(mail.outbox) == 2
        assert message.receivers.filter(outgoing=None).count() == 0

    def test_only_who_fits_every_filter_gets_it_and_an_unknown_filter_fits_nobody(self, send, ugo):
        message = send(only={"tongue": "en"})

        assert [receiver.person for receiver in message.receivers.all()] == [ugo]
        with pytest.raises(Refused):
            send("page-2", only={"colour": "red"})

    def test_words_one_searched_by_are_not_kept(self, send):
        message = send(only={"words": "ugo", "tongue": "en"})

        assert message.only == {"words": "", "tongue": "en"}
        assert queries.list_said("everybody", message.only) == "Everybody, Words, EN"

    def test_to_nobody_is_refused(self, send, nives, ugo):
        with pytest.raises(Refused, match="Non resta nessuno"):
            send(out=[nives.pk, ugo.pk])

    def test_who_does_not_run_the_edition_or_may_not_see_the_list_cannot(self, send, nives, registered):
        with pytest.raises((Refused, Missing)):
            send(by=nives)
        lists.register("closed", title="", members=lambda *_: None, may_see=lambda *_: HIDDEN)
        from sqcuola.notices import rules

        message = send()
        assert not rules.may_write(message.by, (message.edition, lists.named("closed")), message.sent_at)


class TestTakingBack:
    def test_until_it_leaves(self, send, lidia, at):
        message = send()
        actions.take_back(message, by=lidia, at=at + 9 * MINUTE)
        working.run_due(at + 10 * MINUTE)

        assert mail.outbox == []
        assert acts() == [("message-sent", 2), ("message-taken-back", 2)]

    def test_not_after(self, send, lidia, at):
        message = send()
        with pytest.raises(Refused, match="è partita"):
            actions.take_back(message, by=lidia, at=at + 10 * MINUTE)

    def test_not_twice(self, send, lidia, at):
        message = send()
        actions.take_back(message, by=lidia, at=at)
        message.refresh_from_db()
        with pytest.raises(Refused, match="già"):
            actions.take_back(message, by=lidia, at=at)


class TestAfterwards:
    def test_how_it_fared_with_each(self, send, at):
        message = send()
        assert queries.fates(message) == {"waiting": 2}
        working.run_due(at + 10 * MINUTE)
        assert queries.fates(message) == {"sent": 2}
        outbox.came_back("report 5.2.2", address="ugo@example.org", at=at + 11 * MINUTE)

        assert queries.fates(message) == {"sent": 1, "bounced": 1}

    def test_a_trial_comes_to_oneself_alone(self, edition, everybody, lidia, at):
        actions.send_test(edition, everybody, SAID, once="page-1", by=lidia, at=at)
        working.run_due(at)

        (sent,) = mail.outbox
        assert (sent.to, sent.subject) == (["lidia@example.org"], "Prova: Classe III: manca poco")
        assert not Message.objects.exists()
