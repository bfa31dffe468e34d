from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sqcuola.admissions import actions, jobs, queries, rules
from sqcuola.admissions.models import Accommodation, ApplicationFile, CvItem, Draft, Place
from sqcuola.admissions.tests.conftest import CLOSES, NOW, make_person
from sqcuola.admissions.tests.test_applying import SECOND, fill
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel.files import StoredFile
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


class TestTheDayOfThePapers:
    """Whatever became of an application: what was typed or sent about a need for help goes on a day."""

    @pytest.fixture(autouse=True)
    def uploads(self, own_uploads):
        return own_uploads

    @pytest.fixture
    def application(self, edition, nives):
        application = actions.begin(edition, by=nives, at=NOW)
        fill(application, nives, help={"wanted": "CANARINO"})
        paper = SimpleUploadedFile("certificato.pdf", b"%PDF-1.7 CANARINO")
        actions.add_file(Place(application, None), paper, by=nives, at=NOW)
        return queries.own(nives, "terza")

    def goes_on(self, day, uploads):
        """Hold that everything is there up to a day, and nothing afterwards."""
        assert actions.delete_papers(day - SECOND) == 0
        assert ApplicationFile.objects.count() == 1
        assert actions.delete_papers(day) == 1
        assert actions.delete_papers(day + timedelta(days=999)) == 0
        assert not ApplicationFile.objects.exists()
        assert not StoredFile.objects.exists()
        assert not [path for path in uploads.rglob("*") if path.is_file()]
        assert not Draft.objects.filter(section="help").exists()
        assert not Accommodation.objects.exclude(wanted="").exists()

    def test_never_handed_in_thirty_days_after_the_call(self, application, uploads):
        self.goes_on(CLOSES + timedelta(days=30), uploads)
        assert not Act.objects.filter(verb="accommodation-papers-deleted").exists()

    def test_never_decided_ninety_days_after_the_test(self, application, test, nives, uploads):
        actions.submit(application, by=nives, at=NOW)
        self.goes_on(test.ends + timedelta(days=90), uploads)
        assert Act.objects.filter(verb="accommodation-papers-deleted").count() == 1

    def test_without_a_test_the_one_that_is_planned_counts(self, application, edition, nives, uploads):
        ends = CLOSES + timedelta(days=20)
        Phase.objects.create(edition=edition, kind="assessment", begins=CLOSES, ends=ends)
        actions.submit(application, by=nives, at=NOW)
        self.goes_on(ends + timedelta(days=90), uploads)

    def test_decided_ninety_days_later(self, application, test, keeper, nives, uploads):
        actions.submit(application, by=nives, at=NOW)
        asked = Accommodation.objects.select_related("application__edition", "application__person").get()
        actions.decide(asked, percent=25, aids="", by=keeper, at=NOW)
        self.goes_on(NOW + timedelta(days=90), uploads)

    def test_withdrawn_when_it_cannot_be_taken_up_again(self, application, nives, uploads):
        actions.submit(application, by=nives, at=NOW)
        actions.withdraw(queries.own(nives, "terza"), by=nives, at=NOW)
        self.goes_on(CLOSES, uploads)

    def test_withdrawn_after_the_call_at_once(self, application, nives, uploads):
        actions.submit(application, by=nives, at=NOW)
        late = CLOSES + timedelta(days=3)
        actions.withdraw(queries.own(nives, "terza"), by=nives, at=late)
        self.goes_on(late, uploads)

    def test_called_off_thirty_days_later(self, application, edition, nives, uploads):
        actions.submit(application, by=nives, at=NOW)
        Edition.objects.update(cancelled_at=NOW)
        self.goes_on(NOW + timedelta(days=30), uploads)

    def test_the_schedule_does_it(self, application):
        jobs.delete_papers(CLOSES + timedelta(days=30))
        assert not ApplicationFile.objects.exists()

    def test_evidence_stays_when_papers_go(self, application, nives):
        item = CvItem.objects.get()
        evidence = SimpleUploadedFile("laurea.pdf", b"%PDF-1.7")
        actions.add_file(Place(application, item), evidence, by=nives, at=NOW)
        actions.delete_papers(CLOSES + timedelta(days=30))
        assert ApplicationFile.objects.get().item == item

    def test_only_what_was_handed_in_is_read_by_the_one_role(self, application, keeper, lidia, nives, other):
        paper = ApplicationFile.objects.select_related("application__edition").get()
        assert rules.may_open_paper(nives, paper, NOW)
        assert not rules.may_open_paper(keeper, paper, NOW)
        actions.submit(application, by=nives, at=NOW)
        paper = ApplicationFile.objects.select_related("application__edition").get()
        assert rules.may_open_paper(keeper, paper, NOW)
        for person in (lidia, other, None):
            with pytest.raises(Missing):
                rules.may_open_paper(person, paper, NOW).or_refuse()
        assert not rules.may_open_evidence(nives, paper, NOW)
