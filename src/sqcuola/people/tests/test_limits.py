"""What is counted stays counted, also when what was asked for fails."""

from datetime import timedelta

import pytest

from sqcuola.kernel import clock
from sqcuola.people import address, codes, copies, limits, links, mail
from sqcuola.people.models import Export, Link, Purpose, SignInCode, Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_mail(monkeypatch):
    def broken(*_args, **_how):
        raise OSError("no room left")

    monkeypatch.setattr(mail, "post", broken)
    monkeypatch.setattr(copies.build.__class__, "enqueue", broken)


def asked(what, person, at):
    if what == "code":
        return codes.send(person.email, purpose=Purpose.ENTER, language="it", at=at)
    if what == "address":
        return address.ask(person, "nuova@example.org", at=at)
    if what == "copy":
        return copies.ask(person, by=person, at=at)
    return links.renew(Link.objects.get(), at=at)


@pytest.mark.parametrize("what", ["code", "address", "copy", "link"])
def test_a_failure_takes_back_what_was_asked_for_and_not_the_count(what, nives, no_mail):
    at = clock.now()
    links.create(nives, thing=("desk:desk", {}), expires=at + timedelta(days=1), at=at)
    for _time in range(3):
        with pytest.raises(OSError, match="no room left"):
            asked(what, nives, at)

    assert list(Tally.objects.values_list("count", flat=True)) == [3]
    assert (SignInCode.objects.count(), Export.objects.count(), Link.objects.count()) == (0, 0, 1)


def test_a_limit_that_failures_have_used_up_is_used_up(nives, no_mail, monkeypatch):
    at = clock.now()
    for _time in range(limits.CODES_FOR_AN_ADDRESS.times):
        with pytest.raises(OSError, match="no room left"):
            asked("code", nives, at)

    assert asked("code", nives, at) is None
