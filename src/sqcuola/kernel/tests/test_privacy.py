"""The register, export and erasure."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test.utils import isolate_apps

from sqcuola.kernel import acts, privacy
from sqcuola.kernel.models import Act, ActorCode
from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(monkeypatch):
    """Begin with an empty register."""
    monkeypatch.setattr(privacy, "_entries", {})
    return privacy.register


def entry(**how):
    person = get_user_model()
    return Entry(
        **{
            "model": person,
            "purpose": "to know who it is",
            "basis": Basis.CONTRACT,
            "fate": Fate.ERASED,
            "until": "until erased",
            "rows": "pk",
            "exported": ("name", "email"),
            **how,
        }
    )


class TestTheRegister:
    def test_every_model_that_reaches_a_person_has_an_entry(self):
        assert privacy.without_entry(apps.get_models()) == []

    @isolate_apps("sqcuola.kernel")
    def test_a_model_without_an_entry_is_found_however_far_the_person(self):
        person = get_user_model()

        class Diary(models.Model):
            owner = models.ForeignKey(person, models.CASCADE)

            class Meta:
                app_label = "kernel"

        class Leaf(models.Model):
            diary = models.ForeignKey(Diary, models.CASCADE)

            class Meta:
                app_label = "kernel"

        class Letter(models.Model):
            address = models.EmailField()

            class Meta:
                app_label = "kernel"

        class Friends(models.Model):
            people = models.ManyToManyField(person)

            class Meta:
                app_label = "kernel"

        class Stone(models.Model):
            weight = models.IntegerField()

            class Meta:
                app_label = "kernel"

        assert privacy.without_entry([Diary, Leaf, Letter, Friends, Stone]) == [
            "kernel.Diary",
            "kernel.Friends",
            "kernel.Leaf",
            "kernel.Letter",
        ]

    @pytest.mark.parametrize(
        ("how", "words"),
        [
            ({"fate": Fate.KEPT}, "say why it is kept"),
            ({"exported": NOTHING}, "why it is not exported"),
            ({"fate": Fate.ANONYMOUS, "why": "for numbers"}, "how it is made anonymous"),
        ],
    )
    def test_an_entry_that_leaves_a_question_open_is_refused(self, register, how, words):
        with pytest.raises(ValueError, match=words):
            register(entry(**how))

    def test_a_model_stands_in_it_once(self, register):
        register(entry())

        with pytest.raises(ValueError, match="twice"):
            register(entry())

    def test_higher_rooms_come_first_and_the_kernel_last(self, register):
        edition, role = apps.get_model("editions", "Edition"), apps.get_model("editions", "Role")
        register(entry(model=ActorCode), entry(), entry(model=role), entry(model=edition))

        order = [item.model.__name__ for item in privacy.entries()]
        assert order == ["Role", "Edition", "Person", "ActorCode"]

    def test_it_prints_a_table_for_people(self, register):
        register(entry(fate=Fate.KEPT, why="a law says so", exported=("name",)))

        assert (
            "| Person | to know who it is | needed for what the person asked us to do | until erased | name "
            "| kept: a law says so |"
        ) in in_english(privacy.as_markdown)


def in_english(function):
    from django.utils import translation

    with translation.override("en"):
        return function()


class TestExport:
    def test_a_person_gets_their_rows_and_nobody_elses(self, register, ada, bruno):
        register(entry(rows=lambda person: get_user_model().objects.filter(pk=person.pk)))

        assert privacy.export(ada) == {
            "people": {"person": [{"name": "Ada Bianchi", "email": "ada@example.org"}]}
        }

    def test_rows_can_be_told_in_another_way(self, register, ada):
        day = datetime(2026, 11, 1, tzinfo=UTC)
        register(entry(exported=lambda row: {"who": row.name, "when": day, "list": (1, {"a": day})}))

        (row,) = json.loads(json.dumps(privacy.export(ada)))["people"]["person"]
        assert row == {
            "who": "Ada Bianchi",
            "when": "2026-11-01T00:00:00+00:00",
            "list": [1, {"a": "2026-11-01T00:00:00+00:00"}],
        }

    def test_files_come_with_their_folder(self, register, ada):
        register(entry(files=lambda row: [f"portrait of {row.name}"]))

        assert list(privacy.files(ada)) == [("people/person", "portrait of Ada Bianchi")]


class TestErasure:
    def test_rows_are_deleted_made_anonymous_or_kept(self, register, ada, bruno, at):
        people = get_user_model().objects
        register(entry(fate=Fate.ANONYMOUS, blank={"name": ""}, why="numbers stay true"))
        privacy.erase(ada, at)
        assert people.get(pk=ada.pk).name == ""
        assert people.get(pk=bruno.pk).name == "Bruno Verdi"

        privacy._entries.clear()
        register(entry(fate=Fate.KEPT, why="a law says so"))
        privacy.erase(ada, at)
        assert people.filter(pk=ada.pk).exists()

        privacy._entries.clear()
        register(entry())
        privacy.erase(ada, at)
        assert not people.filter(pk=ada.pk).exists()

    def test_lower_rooms_still_see_the_person_as_they_were(self, register, ada, at):
        seen = []

        def blank(person, when):
            get_user_model().objects.filter(pk=person.pk).update(email="gone@example.org")
            ada.refresh_from_db()

        register(
            entry(erase=blank),
            entry(model=ActorCode, erase=lambda person, when: seen.append((person.email, when))),
        )
        privacy.erase(ada, at)

        assert seen == [("ada@example.org", at)]

    def test_a_failure_erases_nothing(self, register, ada, at):
        def fail(person, when):
            raise RuntimeError

        register(entry(fate=Fate.ANONYMOUS, blank={"name": ""}, why="x"), entry(model=ActorCode, erase=fail))

        with pytest.raises(RuntimeError):
            privacy.erase(ada, at)
        assert get_user_model().objects.get(pk=ada.pk).name == "Ada Bianchi"

    def test_an_erased_person_is_forgotten_by_the_acts_and_the_chain_holds(
        self, monkeypatch, ada, at, counted
    ):
        ours = {model: item for model, item in privacy._entries.items() if item.room == "kernel"}
        monkeypatch.setattr(privacy, "_entries", ours)
        counted(1, subject=ada, by=ada)
        acts.seal(at)
        told = privacy.export(ada)["kernel"]["act"]
        assert told[0]["content"] == {"count": 1}

        privacy.erase(ada, at)

        assert not ActorCode.objects.filter(account_id=ada.pk).exists()
        assert Act.objects.get().payload is None
        assert acts.verify() is None
        assert "kernel" not in privacy.export(ada) or not privacy.export(ada)["kernel"].get("act")
