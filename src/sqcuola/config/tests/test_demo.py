"""The demo: a way in for each kind of person, built once, and a folder that is thrown away only when it is one."""

import pytest
from django.test import Client

from sqcuola.config import demo
from sqcuola.config.rehearsal.mode import CHEAP_HASHER
from sqcuola.config.world import demo as world
from sqcuola.editions.models import Edition
from sqcuola.people.models import Person


@pytest.mark.django_db
def test_whoever_is_named_comes_in_and_the_world_is_built_once(settings):
    settings.PASSWORD_HASHERS = [CHEAP_HASHER]
    lines = world.build()
    addresses = [line.split()[0] for line in lines[1:]]
    assert len(addresses) == len(world.WAYS_IN)
    assert world.PASSWORD in lines[0]
    for email in addresses:
        browser = Client()
        browser.post("/enter/password/", {"email": email, "password": world.PASSWORD})
        desk = browser.get("/desk/")
        assert (desk.status_code, desk.wsgi_request.user.email) == (200, email)

    people, editions = Person.objects.count(), Edition.objects.count()
    assert world.build() == lines
    assert (Person.objects.count(), Edition.objects.count()) == (people, editions)


def test_only_a_demos_folder_is_thrown_away(tmp_path):
    school, shown, none = tmp_path / "school", tmp_path / "shown", tmp_path / "none"
    for home in (school, shown):
        home.mkdir()
        (home / "sqcuola.sqlite3").touch()
    (shown / "demo").touch()

    with pytest.raises(SystemExit, match="stays as it is"):
        demo.throw_away(school)
    demo.throw_away(shown)
    demo.throw_away(none)

    assert [path.name for path in tmp_path.iterdir()] == ["school"]
    assert (school / "sqcuola.sqlite3").exists()
