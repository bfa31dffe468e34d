"""What is acknowledged is there afterwards, and nothing is half saved: whatever hits the commit, and whenever.

The harness (`judge_an_answer`, `judge_a_hand_in`) sends something to a real server that is hit, starts another on what the first
had written, and returns what it finds amiss. Moved before the commit, the reply is seen to lose answers.
"""

import os
import signal
import subprocess
import time
from contextlib import contextmanager, suppress

import pytest

from .faulty_school import on_postgresql, on_sqlite

pytestmark = pytest.mark.django_db  # so that there are migrated databases to copy; nothing here works on them
SAFE = "What was saved before is safe"
FULL = "There is no room left here"
KILLED = {int(signal.SIGKILL), int(signal.SIGXFSZ)}
WHEN, HOW = ("before", "during", "after"), ("error", "kill", "full")
EVERY = [(when, how) for when in WHEN for how in HOW]
SOME = [("before", "full"), ("during", "kill"), ("after", "error"), ("after", "full")]


@pytest.fixture(scope="module")
def school(django_db_setup, django_db_blocker, tmp_path_factory):
    home = tmp_path_factory.mktemp("faults")
    here = on_postgresql if os.environ.get("SQCUOLA_DATABASE_URL") else on_sqlite
    with here(home, django_db_blocker) as school:
        yield school


def answers(school):
    """Return what stands in the log: for each question the values, oldest first."""
    found: dict[int, list[str]] = {}
    sql = "SELECT question, value FROM questions_answerentry WHERE kind = 'answer' ORDER BY id"
    for question, value in school.rows(sql, alias="answers"):
        found.setdefault(question, []).append(value)
    return list(found.values())


def give(school, place, choice):
    """Open the page of a question, and return what sends an answer to it as the page's script does."""
    form = school.get(f"{school.told['test']}{place}/").form("device", "seq")
    given = {"place": str(place), "device": form.value("device"), "seq": "1", "value": choice}
    return lambda: school.post(f"{school.told['test']}save/", given)


def is_saved(said):
    return said.status == 200 and '"saved"' in said.page


def ticked(school, place):
    """Return the choice that stands on the page of a question, '' if none."""
    return school.get(f"{school.told['test']}{place}/").form("device", "seq").value(f"a{place}")


def unlike(school, said, when, how):
    """Return what is amiss with a reply: the fault was not met, or the page does not say what happened."""
    found = [] if school.met() == f"{when} {how}" else ["the fault was not met"]
    wanted = {"error": (500, SAFE), "full": (507, FULL), "kill": (0, "")}[how]
    if said.status != wanted[0] or wanted[1] not in said.page:
        found.append(f"the person is not told what happened ({said.status})")
    return found


def hit(school, send, fault):
    """Send something to a server that is hit; return what came back and what is amiss with how it ended."""
    school.order(do="serve", **fault)
    said = send()
    wait_until(lambda: school.met() or not fault.get("reply_first"))
    ended = school.order(do="serve")
    killed = ended in KILLED
    return said, ([] if killed == (fault["how"] == "kill") else [f"the server ended with {ended}"])


def wait_until(true, seconds=10):
    limit = time.monotonic() + seconds
    while not true() and time.monotonic() < limit:
        time.sleep(0.02)


def judge_an_answer(school, when, how, **more):
    """Give an answer, then another that is hit, and look when the server is there again: return what is amiss."""
    school.begin()
    send = give(school, 1, "2")
    found = [] if is_saved(send()) else ["an answer was not saved before anything happened"]
    send = give(school, 2, "3")
    said, wrong = hit(school, send, {"when": when, "how": how, "nth": 1, **more})
    found += wrong
    log = answers(school)
    stands = len(log) == 2
    if is_saved(said):
        found += [] if stands else ["an acknowledged answer is gone"]
    else:
        found += unlike(school, said, when, how)
    if when != "during" and stands != (when == "after"):
        found.append("what was committed is gone" if when == "after" else "what was not committed is there")
    if [len(values) for values in log] != [1] * len(log) or not log:
        found.append(f"something stands twice, or by half: {log}")
    if (ticked(school, 1), ticked(school, 2)) != ("2", "3" if stands else ""):
        found.append("the page says something else than the log")
    if not is_saved(send()) or [len(values) for values in answers(school)] != [1, 1]:
        found.append("sent again, it does not stand once")
    return found


PARTS = """SELECT submitted_at IS NOT NULL, digest <> '',
  (SELECT count(*) FROM admissions_letteranswer), (SELECT count(*) FROM admissions_cvclaim),
  (SELECT count(*) FROM kernel_act WHERE verb = 'application-submitted') FROM admissions_application"""
RECEIPTS = "SELECT count(*) FROM kernel_outgoing WHERE subject LIKE '%is handed in%'"
NOTHING, WHOLE = (False, False, 0, 0, 0), (True, True, 1, 1, 1)


def handed_in(school):
    (row,) = school.rows(PARTS)
    return tuple(bool(part) for part in row[:2]) + tuple(row[2:])


def judge_a_hand_in(school, when, how, nth=1, **more):
    """Hand an application in, hit at its commit number `nth`, and look afterwards: return what is amiss."""
    school.begin()
    check = f"{school.told['apply']}check/"
    school.get(check)
    said, found = hit(school, lambda: school.post(check, {}), {"when": when, "how": how, "nth": nth, **more})
    parts, acknowledged = handed_in(school), said.status == 302
    stands = parts == WHOLE
    if parts not in {NOTHING, WHOLE}:
        found.append(f"it is handed in by half: {parts}")
    if acknowledged and not stands:
        found.append("an acknowledged hand-in is gone")
    if not acknowledged:
        found += unlike(school, said, when, how)
        if stands and FULL in said.page:
            found.append("the page says that nothing was kept, and it was")
    if nth == 1 and when != "during" and stands != (when == "after"):
        found.append("what was committed is gone" if when == "after" else "what was not committed is there")
    if ("Receipt" in school.get(school.told["apply"]).h2) != stands:
        found.append("the page says something else than the tables")
    return found + judge_afterwards(school, check, stands=stands)


def judge_afterwards(school, check, *, stands):
    """Let the worker work, and hand in again: once is once, and there is one receipt with its proof."""
    school.order(do="work")
    found = [] if school.rows(RECEIPTS) == [(int(stands),)] else ["the receipt did not leave by itself"]
    school.order(do="serve")
    again = school.post(check, {})
    school.order(do="work")
    if again.status != 302 or handed_in(school) != WHOLE or school.rows(RECEIPTS) != [(1,)]:
        found.append("handed in again, it is not handed in once")
    if school.rows("SELECT count(*) FROM admissions_application WHERE head = ''") != [(0,)]:
        found.append("what was handed in has no proof")
    return found


@pytest.mark.parametrize(("when", "how"), EVERY)
def test_an_answer_that_is_acknowledged_is_there_and_none_is_half_saved(school, when, how):
    assert judge_an_answer(school, when, how) == []


@pytest.mark.parametrize(("when", "how"), SOME)
def test_an_application_is_handed_in_whole_or_not_at_all(school, when, how):
    assert judge_a_hand_in(school, when, how) == []


@pytest.mark.parametrize(("when", "how"), [("before", "error"), ("before", "kill")])
def test_a_reply_that_leaves_before_the_commit_is_seen(school, when, how):
    """The harness complains when the order is wrong: the same faults, and what was acknowledged is gone."""
    assert "an acknowledged answer is gone" in judge_an_answer(school, when, how, reply_first=True)
    assert "an acknowledged hand-in is gone" in judge_a_hand_in(school, when, how, reply_first=True)


def test_a_fault_that_is_not_met_is_seen(school):
    school.begin()
    send = give(school, 1, "2")

    assert "the fault was not met" in unlike(school, send(), "before", "error")
    assert hit(school, send, {"when": "before", "how": "kill", "nth": 7})[1] == ["the server ended with 15"]


@pytest.mark.slow
@pytest.mark.parametrize(("when", "how"), EVERY)
def test_every_commit_of_a_hand_in_may_be_hit(school, when, how):
    """Also those that come after it is handed in: its proof, its receipt."""
    school.begin()
    check = f"{school.told['apply']}check/"
    school.get(check)
    assert school.post(check, {}).status == 302
    commits = int((school.home / "commits").read_text())

    assert commits >= 3
    found = {nth: judge_a_hand_in(school, when, how, nth) for nth in range(1, commits + 1)}
    assert {nth: wrong for nth, wrong in found.items() if wrong} == {}


@contextmanager
def small_disk(school):
    """Lay a disk of a few megabytes over the school's folder; give what leaves so many pages of it free, or None without root."""
    school.order(do="rest")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "none", school.home], check=False, capture_output=True
    )
    if mounted.returncode:
        yield None
        return

    def leave(pages):
        filler = school.home / "filler"
        with filler.open("ab", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                continue
        os.truncate(filler, filler.stat().st_size - 4096 * pages)

    try:
        yield leave
    finally:
        school.order(do="rest")
        subprocess.run(["umount", school.home], check=True)


@pytest.mark.pages  # of SQLite: no disk of PostgreSQL's is ours to fill
@pytest.mark.parametrize("pages", [0, 1])
def test_a_disk_that_is_really_full_takes_all_of_it_or_nothing(school, pages):
    """Where no small disk can be had, the error that a full one makes stands in for it: see the tests above."""
    with small_disk(school) as leave:
        if leave is None:
            return
        school.begin()
        check = f"{school.told['apply']}check/"
        school.get(check)
        sends = [give(school, 1, "2"), lambda: school.post(check, {})]
        assert is_saved(give(school, 2, "3")())
        leave(pages)

        refused = [send() for send in sends]

        assert [said.status for said in refused] == [507, 507]
        assert all(FULL in said.page for said in refused)
        school.order(do="serve")
        assert (len(answers(school)), handed_in(school)) == (1, NOTHING)
        assert (ticked(school, 1), ticked(school, 2)) == ("", "3")
        (school.home / "filler").unlink()
        assert [send().status for send in sends] == [200, 302]
        assert (len(answers(school)), handed_in(school)) == (2, WHOLE)
