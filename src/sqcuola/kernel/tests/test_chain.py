"""The chain: sealing, verifying, refusing, forgetting."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from sqcuola.kernel import acts
from sqcuola.kernel.acts import chain
from sqcuola.kernel.models import Act, ActorCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registries")]

START = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def past_triggers(sql, *params):
    """Do what somebody with the database's own password can: switch the triggers off and write."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("act_is_never_changed", "act_is_never_deleted"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE kernel_act DISABLE TRIGGER USER")
        cursor.execute(sql, params)


class TestSealing:
    def test_acts_are_numbered_and_joined(self, counted):
        first, second = counted(1), counted(2)

        assert acts.seal(START) == 2
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.seq, second.seq) == (1, 2)
        assert first.hash == chain.link(chain.GENESIS, first)
        assert second.hash == chain.link(first.hash, second)
        assert acts.verify() is None

    def test_sealing_again_changes_nothing(self, counted):
        counted()
        acts.seal(START)

        assert acts.seal(START + timedelta(days=1)) == 0
        assert Act.objects.get().sealed_at == START

    def test_more_acts_than_a_batch(self, counted, monkeypatch):
        monkeypatch.setattr(chain, "BATCH", 3)
        for number in range(7):
            counted(number)

        assert acts.seal(START) == 7
        assert acts.newest().seq == 7
        assert acts.verify() is None

    def test_a_clock_that_went_back_does_not_reorder_heads(self, counted):
        counted()
        acts.seal(START)
        late = counted()
        acts.seal(START - timedelta(hours=1))

        late.refresh_from_db()
        assert late.sealed_at == START

    def test_an_empty_chain_holds(self):
        assert acts.verify() is None
        assert acts.newest() == chain.EMPTY == acts.head(START)


class TestHeads:
    def test_the_head_of_the_day_stays_all_day(self, counted):
        counted()
        acts.seal(START)
        yesterday = acts.newest()
        morning = datetime(2026, 11, 1, 23, 0, tzinfo=UTC)  # midnight in Rome

        assert acts.head(morning - timedelta(microseconds=1)) == chain.EMPTY
        assert acts.head(morning) == yesterday
        counted()
        acts.seal(morning)
        assert acts.newest().seq == 2
        assert acts.head(morning + timedelta(hours=23)) == yesterday

    def test_a_receipt_vouches_for_what_was_just_done(self, counted):
        act = counted()

        head = acts.proof(START)

        assert head.hash == Act.objects.get(id=act.id).hash
        assert head.short.replace(" ", "") == head.hash[:16]


class TestVerifying:
    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ("payload = '{\"count\": 9}'", "its content was changed"),
            ("verb = 'other'", "does not follow"),
            ("actor_code = 'X'", "does not follow"),
            ("subject_code = 'X'", "does not follow"),
            ("scope = 'x'", "does not follow"),
            ("audience = 'x'", "does not follow"),
            ("at = sealed_at", "does not follow"),
            ("payload_hash = 'x'", "its content was changed"),
            ("hash = 'x'", "does not follow"),
        ],
    )
    def test_a_change_is_found_at_its_place(self, counted, change, why):
        for number in range(3):
            counted(number)
        acts.seal(START + timedelta(minutes=1))

        past_triggers(f"UPDATE kernel_act SET {change} WHERE seq = 2")

        broken = acts.verify()
        assert broken.seq == 2
        assert why in broken.why

    def test_a_missing_act_is_found(self, counted):
        for number in range(3):
            counted(number)
        acts.seal(START)

        past_triggers("DELETE FROM kernel_act WHERE seq = 2")

        assert acts.verify() == acts.Break(2, "this act is missing")

    def test_the_command_seals_walks_and_prints_the_head(self, counted, capsys):
        counted()

        call_command("verify_acts")

        assert capsys.readouterr().out == f"The chain holds: 1 acts, head {acts.newest().hash}.\n"

    def test_the_command_names_the_first_wrong_act(self, counted):
        counted()
        acts.seal(START)
        past_triggers("UPDATE kernel_act SET verb = 'other'")

        with pytest.raises(CommandError, match="breaks at act 1: it does not follow"):
            call_command("verify_acts")


class TestRefusing:
    @pytest.mark.parametrize(
        "change",
        [
            "verb = 'x'",
            "scope = 'x'",
            "actor_code = 'x'",
            "subject_code = 'x'",
            "audience = 'x'",
            "payload_hash = 'x'",
            "at = sealed_at",
            "payload = '{}'",
            "salt = 'x'",
            "payload = NULL",
            "seq = 9",
            "hash = 'x'",
            "seq = NULL, hash = '', sealed_at = NULL",
            "payload = NULL, salt = NULL, verb = 'x'",
            "payload = NULL, salt = NULL, seq = 9",
        ],
    )
    def test_a_sealed_act_is_never_changed(self, counted, change):
        counted()
        acts.seal(START + timedelta(minutes=1))

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE kernel_act SET {change}")
        assert acts.verify() is None

    @pytest.mark.parametrize("change", ["verb = 'x'", "payload = '{}'", "seq = 1", "seq = 1, verb = 'x'"])
    def test_an_act_that_waits_for_its_seal_is_never_changed(self, counted, change):
        counted()

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE kernel_act SET {change}")

    def test_an_act_is_never_deleted(self, counted):
        counted()

        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            Act.objects.all().delete()

    def test_content_is_erased_whole(self, counted):
        counted()
        acts.seal(START)

        assert Act.objects.update(payload=None, salt=None) == 1
        assert acts.verify() is None


class TestForgetting:
    def test_a_forgotten_person_leaves_no_trace_and_the_chain_holds(self, counted, ada, bruno):
        done = counted(1, by=ada, scope="one")
        suffered = counted(2, by=bruno, subject=ada, scope="one")
        elsewhere = counted(3, by=ada, subject=ada, scope="two")
        of_another = counted(4, by=ada, subject=bruno, scope="one")
        acts.seal(START)

        assert acts.forget(ada) == 2

        assert acts.verify() is None
        assert not ActorCode.objects.filter(account_id=ada.pk).exists()
        assert ActorCode.objects.filter(account_id=bruno.pk).count() == 1
        kept = {act.id: act.payload for act in Act.objects.all()}
        assert kept == {
            done.id: {"count": 1},
            suffered.id: None,
            elsewhere.id: None,
            of_another.id: {"count": 4},
        }

    def test_an_act_erased_before_it_was_sealed_is_sealed_too(self, counted, ada):
        counted(1, subject=ada)
        acts.forget(ada)

        assert acts.seal(START) == 1
        assert acts.verify() is None

    def test_what_was_erased_says_so(self, counted, ada, bruno):
        act = counted(1, by=bruno, subject=ada)
        acts.forget(ada)
        act.refresh_from_db()

        assert acts.sentences([act], "en") == [
            "An entry about a person who has left: its content was erased."
        ]

    def test_the_acts_of_merged_accounts_are_one_persons(self, counted, ada, bruno):
        both = [counted(1, by=ada, scope="one"), counted(2, by=bruno, scope="one")]
        alone = counted(3, by=ada, scope="two")

        acts.join(ada, bruno)

        codes = {act.actor_code for act in [*both, alone]}
        assert set(ActorCode.objects.filter(account_id=bruno.pk).values_list("code", flat=True)) == codes
        assert counted(4, by=bruno, scope="one").actor_code == both[1].actor_code
        assert counted(5, by=bruno, scope="two").actor_code == alone.actor_code
        acts.forget(bruno)
        assert not ActorCode.objects.exists()


def in_thread(work, failures):
    def run():
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - handed to the test
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_an_act_committed_late_is_sealed_later(self, counted):
        recorded, may_commit, failures, late = threading.Event(), threading.Event(), [], []

        def slow():
            with transaction.atomic():
                late.append(counted(1))
                recorded.set()
                assert may_commit.wait(10)

        thread = in_thread(slow, failures)
        assert recorded.wait(10)
        quick = counted(2)
        assert quick.id > late[0].id

        assert acts.seal(START) == 1
        may_commit.set()
        thread.join(10)
        assert acts.seal(START) == 1

        assert not failures
        assert list(Act.objects.order_by("seq").values_list("id", flat=True)) == [quick.id, late[0].id]
        assert acts.verify() is None

    def test_two_sealers_and_many_writers(self, counted, monkeypatch):
        monkeypatch.setattr(chain, "BATCH", 5)
        ready, failures = threading.Barrier(6), []

        def write():
            ready.wait(10)
            for number in range(25):
                counted(number)

        def keep_sealing():
            ready.wait(10)
            for _ in range(40):
                acts.seal(START)

        threads = [in_thread(work, failures) for work in [write] * 4 + [keep_sealing] * 2]
        for thread in threads:
            thread.join(60)
        acts.seal(START)

        assert not failures
        assert list(Act.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 101))
        assert acts.verify() is None

    def test_without_the_lock_two_sealers_would_meet(self, counted, monkeypatch):
        """Show that the test above can fail: two sealers that both read the same head cannot both write."""
        monkeypatch.setattr(chain, "_one_at_a_time", lambda: None)
        met, failures, joined = threading.Barrier(2), [], chain.link

        def link(previous, act):
            # Here both hold the head and the act that waits: who read them later could find the act already sealed.
            met.wait(10)
            return joined(previous, act)

        counted()
        monkeypatch.setattr(chain, "link", link)
        threads = [in_thread(lambda: chain._seal_some(START), failures) for _ in range(2)]
        for thread in threads:
            thread.join(20)

        assert len(failures) == 1
        assert isinstance(failures[0], DatabaseError)
