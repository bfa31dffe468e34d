"""One thing is told once: here, by mail as one wants it, at an hour one wants it."""

from datetime import time, timedelta

import pytest
from django.core import mail

from sqcuola.kernel import working
from sqcuola.notices import actions, hours, jobs, queries, texts
from sqcuola.notices.models import EditedText, Hours, Notice, Preference
from sqcuola.notices.tests.conftest import NIGHT, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]


@pytest.fixture
def tell(nives, edition):
    def tell(key="trial.receipt", thing="1", **how):
        told = {"data": {"code": "K7M2QX"}, "url": "/e/terza/apply/", "edition": edition, "at": NOON, **how}
        return actions.tell(told.pop("person", nives), key, thing=thing, **told)

    return tell


def leave(at):
    working.run_due(at)
    return mail.outbox


class TestTelling:
    def test_it_stands_here_and_comes_by_mail(self, tell, nives):
        tell()

        assert [
            line.words for line in queries.lines(queries.said_in("it", queries.of(nives)), nives, "it")
        ] == ["Trial of K7M2QX"]
        (sent,) = leave(NOON)
        assert (sent.to, sent.subject) == (["nives@example.org"], "Trial of K7M2QX")
        assert sent.body.startswith("Hello Nives,\n\nK7M2QX arrived for Classe III.")
        assert "La scuola ti scrive" in sent.body
        assert 'href="http://127.0.0.1:8000/e/terza/apply/">See it</a>' in sent.alternatives[0].content

    def test_one_thing_is_one_notice_and_one_mail(self, tell):
        assert tell().pk == tell(at=NOON + timedelta(days=1)).pk
        tell(thing="2")

        assert Notice.objects.count() == 2
        assert len(leave(NOON)) == 2

    def test_what_people_write_is_only_text(self, tell):
        tell(data={"code": "<b>{name}</b>"})
        (sent,) = leave(NOON)

        assert "Trial of <b>{name}</b>" in sent.subject
        assert "&lt;b&gt;{name}&lt;/b&gt; arrived" in sent.alternatives[0].content

    def test_a_reader_is_written_to_in_their_language(self, tell, ugo):
        tell(person=ugo)

        assert "La scuola writes to you" in leave(NOON)[0].body

    def test_the_words_of_an_edition_are_used_for_it_alone(self, tell, edition, nives):
        EditedText.objects.create(
            edition=edition,
            key="trial.receipt",
            language="it",
            subject="Eccola, {code}",
            body="Ciao {name}.",
            edited_at=NOON,
        )
        tell()
        tell(edition=None, thing="2")

        assert [sent.subject for sent in leave(NOON)] == ["Eccola, K7M2QX", "Trial of K7M2QX"]
        assert {
            line.words for line in queries.lines(queries.said_in("it", queries.of(nives)), nives, "it")
        } == {
            "Eccola, K7M2QX",
            "Trial of K7M2QX",
        }

    def test_lines_cost_the_same_for_one_and_for_three(self, tell, nives, django_assert_num_queries):
        for thing in "123":
            tell(thing=thing)
        for many in (1, 3):
            with django_assert_num_queries(2):  # the notices with the words of their editions, the school
                assert (
                    len(queries.lines(queries.said_in("it", queries.of(nives))[:many], nives, "it")) == many
                )


class TestWanting:
    def test_only_here_sends_nothing(self, tell, nives):
        Preference.objects.create(person=nives, kind="trial.receipt", how="here")
        tell()

        assert leave(NOON) == []
        assert queries.unseen(nives) == 1

    def test_at_night_a_mail_waits_for_the_morning(self, tell):
        tell(at=NIGHT)
        assert leave(NIGHT) == []
        assert leave(NIGHT + timedelta(hours=7, minutes=29)) == []

        assert len(leave(NIGHT + timedelta(hours=7, minutes=30))) == 1  # 7:00 in Rome

    def test_a_firm_one_leaves_at_any_hour_whatever_was_chosen(self, tell, nives):
        Preference.objects.create(person=nives, kind="trial.firm", how="here")
        tell("trial.firm", at=NIGHT)

        assert [sent.subject for sent in leave(NIGHT)] == ["A seat for you"]

    def test_where_there_is_no_choice_it_comes_as_we_say_but_not_at_night(self, tell, nives):
        texts.register("trial.once", title="Once", subject="Once", body="Once.", choice=False)
        Preference.objects.create(person=nives, kind="trial.once", how="here")
        tell("trial.once", at=NIGHT)

        assert leave(NIGHT) == []
        assert [sent.subject for sent in leave(NIGHT + timedelta(hours=8))] == ["Once"]

    @pytest.mark.parametrize(
        ("begins", "ends", "clock", "free"),
        [
            (22, 7, 23, 7),
            (22, 7, 6, 7),
            (22, 7, 7, 7),
            (22, 7, 21, 21),
            (13, 15, 14, 15),
            (13, 15, 15, 15),
            (0, 0, 3, 3),
        ],
    )
    def test_quiet_hours(self, nives, school, begins, ends, clock, free):
        Hours.objects.create(person=nives, quiet_from=time(begins), quiet_until=time(ends))
        local = NOON.astimezone(hours.zone()).replace(hour=clock)

        assert hours.after_quiet(nives, local).astimezone(hours.zone()).hour == free

    def test_choices_as_we_propose_are_not_kept(self, nives):
        def choose(**how):
            actions.choose(
                nives, {f"trial.{key}": value for key, value in how.items()},
                quiet_from=time(22), quiet_until=time(7), digest_at=time(8),
            )  # fmt: skip

        choose(receipt="daily", daily="daily", firm="here")
        assert dict(Preference.objects.values_list("kind", "how")) == {"trial.receipt": "daily"}
        choose(receipt="now", daily="here")
        assert dict(Preference.objects.values_list("kind", "how")) == {"trial.daily": "here"}


class TestTheDailyMail:
    def test_it_gathers_what_was_not_seen_and_comes_once(self, tell, nives):
        seen = tell("trial.daily", "1")
        tell("trial.daily", "2", data={"code": "two"})
        tell("trial.daily", "3", data={"code": "three"})
        actions.open_notice(seen, by=nives, at=NOON)
        for quarter in range(4 * 48):
            leave(NOON + timedelta(minutes=15 * quarter))

        (sent,) = mail.outbox
        assert sent.subject == "2 cose da leggere con calma"
        assert "Small two: http://127.0.0.1:8000/e/terza/apply/" in sent.body
        assert "Small three" in sent.body
        assert "K7M2QX" not in sent.body

    def test_it_waits_for_the_hour_one_chose(self, tell, nives):
        Hours.objects.create(person=nives, digest_at=time(18))
        tell("trial.daily")
        jobs.daily_mail(NOON + timedelta(hours=5, minutes=45))
        assert Notice.objects.get().mail == "digest"

        jobs.daily_mail(NOON + timedelta(hours=6))
        assert Notice.objects.get().mail == "gathered"


class TestSeeing:
    def test_the_first_time_counts(self, tell, nives):
        notice = tell()
        actions.open_notice(notice, by=nives, at=NOON)
        actions.open_notice(notice, by=nives, at=NIGHT)

        assert Notice.objects.get().seen_at == NOON

    def test_all_at_once(self, tell, nives, ugo):
        tell(thing="1")
        tell(thing="2")
        tell(person=ugo)

        assert actions.see_all(nives, at=NOON) == 2
        assert (queries.unseen(nives), queries.unseen(ugo)) == (0, 1)
