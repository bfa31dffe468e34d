from sqcuola.admissions import actions
from sqcuola.admissions.mail import tell_the_ranked
from sqcuola.admissions.tests.conftest import NOW
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.admissions.tests.test_ranking import CLOSING, applicant, sit
from sqcuola.kernel.models import Act, Outgoing


def test_a_receipt_carries_code_hour_and_the_end_of_the_chain(edition, nives):
    application = actions.begin(edition, by=nives, at=NOW)
    fill(application, nives)

    application = actions.submit(application, by=nives, at=NOW)
    actions.submit(application, by=nives, at=NOW)

    letter = Outgoing.objects.get()
    assert letter.to == "nives@example.org"
    assert application.code in letter.subject
    for words in (application.test_code, application.head[:16], "11:00:00", "/e/terza/apply/"):
        assert words in letter.text


def test_offers_and_the_closed_ranking_are_told_once(edition, test, lidia):
    for name, right in (("Ada", 4), ("Bice", 3), ("Ciro", 1)):
        sit(applicant(edition, name), test, right)
    actions.close_ranking(edition, by=lidia, at=CLOSING)
    offers = Outgoing.objects.filter(key__startswith="admissions.offer:")
    assert {letter.to for letter in offers} == {"ada@example.org", "bice@example.org"}
    assert "posto 1" in offers.get(to="ada@example.org").text

    act = Act.objects.get(verb="ranking-closed")
    tell_the_ranked(act)
    tell_the_ranked(act)

    ranked = Outgoing.objects.filter(key__startswith="admissions.ranked:")
    assert sorted(letter.to for letter in ranked) == [
        "ada@example.org",
        "bice@example.org",
        "ciro@example.org",
    ]
