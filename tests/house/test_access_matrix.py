"""Every url and method, asked by every kind of person."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver, path
from tests import access_matrix

from sqcuola.config import urls as house
from sqcuola.kernel import permissions
from sqcuola.kernel.access import FORM, anyone, may, signed_in
from sqcuola.kernel.permissions import EVERYONE, MEMBERS, Row
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, denied

pytestmark = pytest.mark.django_db


def rows():
    return [row for _room, row in permissions.rows()]


def test_everybody_is_asked(whole_cast):
    assert {"visitor", "stranger", "administrator"} <= set(whole_cast.people)


# A test a room, so that processes share the thousands of requests; the cast is built once in each.
@pytest.mark.parametrize("room", sorted({room for room, _row in permissions.rows()}))
def test_every_cell_of_the_matrix(whole_cast, room):
    asked = [row for owner, row in permissions.rows() if owner == room]

    assert asked
    assert [fault for row in asked for fault in access_matrix.faults(row, whole_cast)] == []


def test_every_url_has_rows():
    assert access_matrix.without_rows(get_resolver(), settings.DECLARED_URLS, rows()) == []


def test_every_row_has_a_url():
    names = {door.name for door in access_matrix.doors(get_resolver())}

    assert {row.url for row in rows()} - names == set()


@pytest.mark.slow
def test_the_printed_table_is_todays():
    from tests.house.tree import ROOT

    printed = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert printed == permissions.as_markdown(), "sqcuola permissions > docs/permissions.md"


def judge(person, at):
    if person.name == "Ada":
        return ALLOWED
    return denied("Ask Ada.") if person.is_administrator else HIDDEN


def leaky(person, at):
    person.name = "x"
    person.save(update_fields=["name"])
    return HIDDEN


def view(request):
    return HttpResponse("ok")


doors = [
    path("open", anyone()(view), name="open"),
    path("in", signed_in(methods=FORM)(view), name="in"),
    path("judged", may(judge)(view), name="judged"),
    path("leaky", may(leaky)(view), name="leaky"),
]
urlpatterns = [*doors, *house.urlpatterns]
handler403 = "sqcuola.kernel.errors.denied"
handler404 = "sqcuola.kernel.errors.missing"


@pytest.fixture
def cast():
    people = get_user_model().objects
    made = access_matrix.Cast()
    made.add("visitor")
    made.add("ada", people.create_user("ada@example.org", "Ada", language="en"))
    made.add("stranger", people.create_user("rita@example.org", "Rita", language="en"))
    made.add(
        "administrator", people.create_user("x@example.org", "Aldo", is_administrator=True, language="en")
    )
    with override_settings(ROOT_URLCONF=__name__):
        yield made


class TestTheHarness:
    """Each of its findings, shown."""

    @pytest.mark.parametrize(
        "row",
        [
            Row("open", allowed=EVERYONE),
            Row("in", allowed=MEMBERS),
            Row("in", "POST", allowed=MEMBERS, answers=200),
            Row("judged", allowed=("ada",), denied={"administrator": "Ask Ada."}),
        ],
    )
    def test_a_true_row_has_no_fault(self, cast, row):
        assert access_matrix.faults(row, cast) == []

    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            (Row("open", allowed=MEMBERS), "as visitor: allowed, wanted asked to sign in or hidden"),
            (Row("in", allowed=("ada",)), "as stranger: allowed, wanted hidden"),
            (Row("in", allowed=EVERYONE), "as visitor: asked to sign in, wanted allowed"),
            (Row("judged", allowed=("ada",)), "as administrator: denied, wanted hidden"),
            (Row("judged", denied={"administrator": "Ask Ada."}), "as ada: allowed, wanted hidden"),
            (
                Row("judged", allowed=("ada",), denied={"administrator": "Ask Eva."}),
                "as administrator: denied without saying 'Ask Eva.'",
            ),
            (Row("leaky"), "as stranger: hidden, but wrote: UPDATE"),
            (Row("open", allowed=("dean",)), "nobody in the cast is 'dean'"),
        ],
    )
    def test_a_false_row_is_found(self, cast, row, fault):
        assert any(fault in found for found in access_matrix.faults(row, cast))

    def test_what_a_request_did_is_undone(self, cast):
        access_matrix.ask(Row("leaky"), "stranger", cast)

        assert get_user_model().objects.filter(name="Rita").exists()

    def test_a_method_without_a_row_is_found(self):
        missing = access_matrix.without_rows(
            get_resolver(type("urls", (), {"urlpatterns": doors})),
            {"judged": "anyone", "leaky": "anyone"},
            [Row("open"), Row("in")],
        )

        assert missing == ["POST in"]
