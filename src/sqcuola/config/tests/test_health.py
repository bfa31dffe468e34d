"""What the house says of itself, and what becomes of a decision. Real jobs fail, real letters come back."""

import smtplib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import translation

from sqcuola.config.acts import BackupMade
from sqcuola.config.health import actions, checks, page, words
from sqcuola.editions import actions as editions
from sqcuola.kernel import acts, agenda, jobs, outbox, working
from sqcuola.kernel.acts import Act
from sqcuola.kernel.models import Outgoing, ScheduleRun
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class NoSuchMailbox(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, _messages):
        raise smtplib.SMTPResponseException(550, b"nobody of that name here")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def boss():
    return Person.objects.create_user("boss@example.org", "Aldo", is_administrator=True)


@pytest.fixture
def failing_job(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", dict(jobs._jobs))
    tried = []

    @jobs.job("test.always-fails", says="fails, whatever one does")
    def fail():
        tried.append(1)
        raise OSError("the address ada@example.org is in this sentence")

    fail.enqueue()
    for hours in range(6):
        working.run_due(NOON + hours * HOUR)
    return tried


@pytest.fixture
def bounced(settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.NoSuchMailbox"}}
    letter = outbox.put(key="test:1", to="marta@example.org", subject="Ciao", text="Eccoci.", at=NOON)
    working.run_due(NOON)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    return Outgoing.objects.get(pk=letter.pk)


def verbs():
    return list(Act.objects.order_by("pk").values_list("verb", flat=True))


class TestAJobThatFailed:
    def test_it_is_told_in_words_without_what_the_error_said(self, failing_job):
        (line,) = page.health_page(NOON).jobs

        assert (line.does, line.tries) == ("Fails, whatever one does", 5)
        assert line.problem == "A file could not be read or written."

    def test_it_is_tried_again_and_the_act_names_it(self, failing_job, boss):
        (job,) = working.failed()
        actions.try_again(job, by=boss, at=NOON)

        assert page.health_page(NOON).jobs == []
        assert verbs()[-1] == "job-tried-again"
        assert acts.sentences(Act.objects.all(), "en")[-1] == "Aldo had «test.always-fails» tried again"
        before = len(failing_job)
        working.run_due(NOON + 10 * HOUR)
        assert len(failing_job) == before + 1

    def test_it_is_left_and_never_tried_again(self, failing_job, boss):
        (job,) = working.failed()
        actions.leave_job(job, by=boss, at=NOON)
        actions.leave_job(job, by=boss, at=NOON)  # a second window

        assert verbs().count("job-left") == 1
        before = len(failing_job)
        working.run_due(NOON + 10 * HOUR)
        assert (len(failing_job), working.failed()) == (before, [])

    def test_it_exists_for_nobody_else(self, failing_job):
        (job,) = working.failed()
        rita = Person.objects.create_user("rita@example.org", "Rita")

        with pytest.raises(Missing):
            actions.try_again(job, by=rita, at=NOON)
        assert working.failed() == [job]


class TestALetterThatCameBack:
    def test_it_says_why_and_hides_whose_it_is(self, bounced):
        (line,) = page.health_page(NOON).letters

        assert (line.subject, line.to) == ("Ciao", "m…@example.org")
        assert "no such mailbox" in line.line

    def test_it_is_sent_again(self, bounced, boss):
        actions.send_again(bounced, by=boss, at=NOON)
        working.run_due(NOON)

        assert [letter.to for letter in mail.outbox] == [["marta@example.org"]]
        assert verbs()[-1] == "letter-sent-again"
        assert page.health_page(NOON).letters == []

    def test_it_is_left_and_no_second_one_leaves(self, bounced, boss):
        actions.leave_letter(bounced, by=boss, at=NOON)
        working.run_due(NOON + HOUR)

        assert mail.outbox == []
        assert page.health_page(NOON).letters == []
        assert verbs()[-1] == "letter-left"
        with pytest.raises(Refused, match="settled"):
            actions.leave_letter(bounced, by=boss, at=NOON)

    def test_one_whose_words_are_gone_is_nobodys_to_decide(self, bounced, boss):
        outbox.forget_words(NOON + timedelta(days=91))

        assert page.health_page(NOON).letters == []
        with pytest.raises(Refused):
            actions.send_again(bounced, by=boss, at=NOON)

    def test_a_doubt_of_three_months_loses_its_words_too(self, bounced):
        Outgoing.objects.update(state=Outgoing.State.UNCERTAIN)
        outbox.forget_words(NOON + timedelta(days=91))

        assert Outgoing.objects.get().text == ""

    @pytest.mark.parametrize(
        ("problem", "said"),
        [
            ("SMTPResponseException 552", "mailbox was full"),
            ("SMTPDataError 554", "did not want it"),
            ("ConnectionRefusedError", "five times in three hours"),
            ("SMTPDataError 451", "five times in three hours"),
            ("SMTPDataError 521", "refused it (521)"),
            ("mailbox full", "five times in three hours"),
            ("report 5.1.1", "no such mailbox"),
            ("report 4.4.7", "for days"),
            ("report 5.6.1", "refused it (5.6.1)"),
        ],
    )
    def test_each_refusal_has_its_sentence(self, problem, said):
        assert said in words.letter(Outgoing(state="bounced", problem=problem))

    def test_a_doubt_says_what_speaks_for_a_second_one(self):
        assert "perhaps it arrived" in words.letter(Outgoing(state="uncertain", problem="TimeoutError"))


class TestChecks:
    def test_a_house_without_a_worker_says_how_to_start_one(self):
        assert not checks.worker(NOON).well

        working.run_due(NOON)
        assert checks.worker(NOON + timedelta(minutes=2)).well
        assert "12 minutes ago" in checks.worker(NOON + timedelta(minutes=12)).line

    def test_a_worker_that_holds_one_long_job_is_at_work(self, monkeypatch):
        monkeypatch.setattr(jobs, "_jobs", dict(jobs._jobs))
        seen = []
        jobs.job("test.long")(lambda: seen.append(checks.worker(NOON + HOUR).well)).enqueue()
        ScheduleRun.objects.all().delete()
        working.run_one("w", NOON + HOUR)

        assert seen == [True]

    def test_acts_that_nobody_seals_are_named(self):
        with transaction.atomic():
            acts.record(BackupMade(files=1, size=2), by=acts.SYSTEM, at=NOON)

        assert checks.chain(NOON).well
        late = checks.chain(NOON + HOUR)
        assert not late.well
        assert "One act waits" in late.line
        acts.seal(NOON + HOUR)
        assert "Sealed up to act 1" in checks.chain(NOON + HOUR).line

    def test_a_chain_that_was_bent_is_found_by_the_daily_walk(self):
        with transaction.atomic():
            acts.record(BackupMade(files=1, size=2), by=acts.SYSTEM, at=NOON)
        working.run_due(NOON)
        assert checks.walk(NOON).line == "It holds, walked a moment ago."

        with connection.cursor() as cursor:  # somebody with the database in hand, past the triggers
            bend(cursor)
        working.run_due(NOON + timedelta(days=1))

        walked = checks.walk(NOON + timedelta(days=1))
        assert not walked.well
        assert "verify-acts" in walked.line

    def test_a_chain_that_nobody_walks_is_named(self):
        assert checks.walk(NOON).well
        working.run_due(NOON)
        assert not checks.walk(NOON + timedelta(days=4)).well

    def test_a_backup_grows_old(self):
        assert not checks.backup(NOON).well
        with transaction.atomic():
            acts.record(BackupMade(files=3, size=5_000_000), by=acts.SYSTEM, at=NOON)

        assert checks.backup(NOON).well
        old = checks.backup(NOON + timedelta(days=9))
        assert not old.well
        assert "9 days ago" in old.line

    def test_a_disk_with_little_room_says_so(self, monkeypatch):
        disk = SimpleNamespace(total=10 * 1024**3, free=1024**3)
        monkeypatch.setattr(checks.shutil, "disk_usage", lambda _path: disk)

        said = checks.room()
        assert not said.well
        assert "1.0\xa0GB of 10.0\xa0GB" in said.line

    def test_letters_that_should_have_left_are_counted(self, settings):
        settings.MAIL = settings.MAIL.__class__("smtp", leaves=True)
        assert checks.mail(NOON).well
        outbox.put(key="test:1", to="a@example.org", subject="S", text="T", at=NOON)

        assert checks.mail(NOON).well
        assert "One should have left" in checks.mail(NOON + HOUR).line

    def test_a_school_in_production_has_a_mail_server(self, settings):
        assert checks.mail(NOON).well
        settings.PRODUCTION = True
        assert not checks.mail(NOON).well

    def test_a_school_that_shows_a_call_reaches_people(self, settings, boss):
        settings.MODE = "development"
        edition = editions.create_edition(
            number=1, title="I", slug="i", phases={"call": (NOON, NOON + HOUR)}, by=boss, at=NOON
        )
        assert checks.mail(NOON).well
        assert "config.mail" not in [entry.key for entry in agenda.for_person(boss, NOON)]
        editions.publish(edition, by=boss, at=NOON)
        assert not checks.mail(NOON).well
        (entry,) = [entry for entry in agenda.for_person(boss, NOON) if entry.key == "config.mail"]
        assert "no code" in entry.what

        settings.MODE = "demo"
        assert checks.mail(NOON).well
        settings.MODE, settings.MAIL = "development", settings.MAIL.__class__("smtp", leaves=True)
        assert checks.mail(NOON).well


def bend(cursor):
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kernel_act'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    else:
        cursor.execute("ALTER TABLE kernel_act DISABLE TRIGGER USER")
    cursor.execute("UPDATE kernel_act SET verb = 'backup-restored'")


class TestTheAgenda:
    def test_an_administrator_is_told_once_for_all(self, failing_job, bounced, boss):
        (entry,) = [entry for entry in agenda.for_person(boss, NOON) if entry.key == "config.health"]

        assert (entry.what, entry.url) == ("2 things in the house need you", "/health/")

    def test_nobody_is_told_of_nothing_and_no_other_of_anything(self, boss, failing_job):
        rita = Person.objects.create_user("rita@example.org", "Rita")
        assert agenda.for_person(rita, NOON) == []
        assert "config.health" in {entry.key for entry in agenda.for_person(boss, NOON)}
        working.leave(working.failed()[0].id)
        assert "config.health" not in {entry.key for entry in agenda.for_person(boss, NOON)}


def test_whatever_runs_by_itself_says_what_it_does():
    silent = [item.name for item in jobs.schedule() if not item.says]
    silent += [name for name, job in jobs.known().items() if not job.says and not name.startswith("test.")]

    assert silent == [], "jobs.job and jobs.every take says=_('sends a letter'): /health/ shows it"


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (timedelta(seconds=2), "every 2 seconds"),
        (timedelta(minutes=1), "every minute"),
        (timedelta(hours=6), "every 6 hours"),
        (timedelta(days=1), "every day"),
    ],
)
def test_intervals_are_said(interval, said):
    assert words.often(interval) == said
