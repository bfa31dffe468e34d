import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string

from sqcuola.ui import frame, toasts


@pytest.fixture
def registered(monkeypatch):
    for name in ("_places", "_public", "_foot", "_school", "_me", "_way_in", "_head", "_banner"):
        monkeypatch.setattr(frame, name, [])


def labels(found):
    return [(place.label, place.here) for place in found.places]


def test_an_empty_house_has_an_empty_frame(registered, rf):
    assert frame.build(rf.get("/")) == frame.Frame()


def test_places_stand_in_order_and_the_longest_beginning_is_here(registered, rf):
    frame.register_places(lambda request: [frame.Place("Desk", "/desk/", 10), frame.Place("House", "/", 90)])
    frame.register_places(lambda request: [frame.Place("Class", "/e/three/", 30)], public=True)
    frame.register_places(lambda request: [frame.Place("Cockpit", "/e/three/cockpit/", 40)])

    found = frame.build(rf.get("/e/three/cockpit/letters/"))

    assert labels(found) == [("Desk", False), ("Class", False), ("Cockpit", True), ("House", False)]
    assert found.here.label == "Cockpit"
    assert labels(frame.build(rf.get("/")))[-1] == ("House", True)


def test_a_public_frame_asks_nothing_of_who_looks(registered, rf):
    frame.register_places(lambda request: [frame.Place(request.user, "/")])
    frame.register_me(lambda request: request.user)
    frame.register_places(lambda request: [frame.Place("Stories", "/stories/")], public=True)

    assert labels(frame.build(rf.get("/"), public=True)) == [("Stories", False)]


def test_the_top_shows_who_looks_and_the_school_by_its_name(registered, rf):
    frame.register_me(lambda request: frame.Me(name="Nives <Rinaldi>", key="7", url="/me/"))
    frame.register_school(lambda: frame.School(name="Scuola di Fidenza"))
    request = rf.get("/")

    html = render_to_string("ui/top.html", {"frame": frame.build(request)}, request=request)

    assert "Scuola di Fidenza" in html
    assert "Nives &lt;Rinaldi&gt;" in html
    assert "&amp;lt;" not in html


def test_where_nobody_is_known_the_way_in_stands_in_the_corner(registered, rf):
    way = frame.Place("Sign in", "/enter/")
    frame.register_way_in(lambda: way)
    assert frame.build(rf.get("/")).way_in is None  # there is no school to come into yet

    frame.register_school(lambda: frame.School(name="Scuola di Fidenza"))
    assert frame.build(rf.get("/")).way_in == way
    assert frame.build(rf.get("/enter/code/")).way_in is None

    frame.register_me(lambda request: frame.Me(name="Nives", key="7", url="/me/"))
    assert frame.build(rf.get("/")).way_in is None
    assert frame.build(rf.get("/"), public=True).way_in == way


def test_a_toast_says_what_was_done_and_how_to_undo_it(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    toasts.say(request, "Withdrawn <b>.", undo="/back/")
    toasts.warn(request, "Not sent.")

    html = render_to_string("ui/toasts.html", {"messages": request._messages}, request=request)

    assert "Withdrawn &lt;b&gt;." in html
    assert html.count("<form") == 1
    assert 'action="/back/"' in html
    assert "csrfmiddlewaretoken" in html
    assert html.count("toast red") == 1


@pytest.mark.parametrize("base", ["page", "public"])
def test_what_rooms_register_stands_on_a_page(registered, rf, base):
    frame.register_school(lambda: frame.School(name="Scuola di Fidenza"))
    frame.register_places(lambda request: [frame.Place("Stories", "/stories/")], public=True)
    frame.register_places(lambda request: [frame.Place("Desk", "/desk/")])
    frame.register_me(lambda request: frame.Me(name="Nives Rinaldi", key="7", url="/me/"))
    frame.register_head(lambda: "9f3c 71ab")
    frame.register_foot(lambda request: [frame.Place("Privacy", "/privacy/")])
    frame.register_banner(lambda: "A rehearsal")

    html = render_to_string(f"ui/{base}.html", {}, request=rf.get("/stories/3/"))

    for said in (
        "· Scuola di Fidenza</title>",
        "/privacy/",
        "A rehearsal",
        'href="/stories/" aria-current="page"',
    ):
        assert said in html
    assert ('href="/me/"' in html, 'href="/desk/"' in html) == ((base == "page"),) * 2
    assert ("9f3c 71ab" in html) is (base == "public")
