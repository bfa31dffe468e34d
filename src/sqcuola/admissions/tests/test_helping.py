from datetime import timedelta

import pytest

from sqcuola.admissions import actions, rules
from sqcuola.admissions.models import Accommodation
from sqcuola.admissions.tests.conftest import NOW, make_person
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.editions.models import Role
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.questions.models import Allowance


@pytest.fixture
def keeper(edition):
    keeper = make_person("Pia")
    Role.objects.create(edition=edition, person=keeper, kind="papers", begins=NOW - timedelta(days=9))
    return keeper


@pytest.fixture
def asked(edition, nives):
    application = actions.begin(edition, by=nives, at=NOW)
    fill(application, nives, help={"wanted_percent": "25", "wanted": "CANARINO: un tremore alla mano"})
    actions.submit(application, by=nives, at=NOW)
    return Accommodation.objects.select_related("application__edition", "application__person").get()


def test_what_is_granted_reaches_the_test_without_a_reason(asked, keeper, nives):
    actions.decide(asked, percent=33, aids="Caratteri grandi", by=keeper, at=NOW)

    allowance = Allowance.objects.get(person=nives)
    assert (allowance.extra_percent, allowance.aids) == (33, "Caratteri grandi")
    act = Act.objects.get(verb="accommodation-granted")
    assert act.payload == {"edition": asked.application.edition_id, "percent": 33, "aids": True}


def test_only_who_keeps_the_papers_reads_them(asked, keeper, lidia, other):
    edition = asked.application.edition

    assert rules.may_keep_papers(keeper, edition, NOW)
    with pytest.raises(Refused):
        rules.may_keep_papers(lidia, edition, NOW).or_refuse()
    with pytest.raises(Missing):
        actions.decide(asked, percent=0, aids="", by=other, at=NOW)
    assert not Allowance.objects.exists()


def test_the_words_are_deleted_on_their_day_everywhere(asked, keeper):
    actions.decide(asked, percent=25, aids="", by=keeper, at=NOW)
    due = NOW + timedelta(days=90)

    assert actions.delete_papers(due - timedelta(seconds=1)) == 0
    assert actions.delete_papers(due) == 1
    assert actions.delete_papers(due) == 0

    asked.refresh_from_db()
    assert (asked.wanted, asked.papers_deleted_at, asked.granted_percent) == ("", due, 25)
    assert not asked.application.drafts.filter(section="help").exists()
    assert not rules.may_decide(keeper, asked, due)
    assert Act.objects.filter(verb="accommodation-papers-deleted").count() == 1
