"""The house's texts: whole in both languages, said in an edition's own way, and back."""

import pytest
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.notices import actions, texts
from sqcuola.notices.models import EditedText
from sqcuola.notices.texts import FIELD, Said

pytestmark = pytest.mark.django_db


def test_every_text_of_the_house_fills_the_same_fields_in_both_languages():
    for text in texts.all_texts():
        english, italian = texts.ours(text, "en"), texts.ours(text, "it")
        for ours, theirs in ((english.subject, italian.subject), (english.body, italian.body)):
            assert sorted(FIELD.findall(ours)) == sorted(FIELD.findall(theirs)), text.key
        assert text.unknown(f"{italian.subject} {italian.body}") == []


class TestRegistering:
    def test_a_key_is_one_text(self, registered):
        with pytest.raises(ValueError, match="twice"):
            texts.register("trial.firm", title="", subject="", body="")

    def test_a_field_nobody_fills_is_refused(self, registered):
        with pytest.raises(ValueError, match="codice"):
            texts.register("trial.other", title="", subject="{codice}", body="{name}")

    def test_ours_are_in_the_readers_language(self, registered):
        text = texts.register("trial.words", title="", subject=_("Notices"), body="{name}")

        assert texts.ours(text, "it").subject == "Avvisi"
        assert texts.ours(text, "en").subject == "Notices"

    def test_a_value_is_never_looked_into(self):
        assert texts.fill("{name}: {code} {other}", {"name": "{code}", "code": "1"}) == "{code}: 1 {other}"


@pytest.mark.usefixtures("registered")
class TestEditing:
    @pytest.fixture
    def text(self, registered):
        return texts.named("trial.receipt")

    @pytest.fixture
    def edit(self, edition, text, lidia, at):
        def edit(it, en=None):
            words = {"it": it, "en": en or texts.ours(text, "en")}
            actions.edit(edition, text, words, by=lidia, at=at)

        return edit

    def verbs(self):
        return list(
            Act.objects.filter(verb__startswith="text-").order_by("pk").values_list("verb", flat=True)
        )

    def test_own_words_stand_for_the_edition(self, edit, edition, text):
        edit(Said("Eccola, {code}", "Ciao."))

        assert texts.words_of(text, edition.pk, "it") == Said("Eccola, {code}", "Ciao.")
        assert texts.words_of(text, edition.pk, "en") == texts.ours(text, "en")
        assert texts.words_of(text, None, "it") == texts.ours(text, "it")
        assert self.verbs() == ["text-edited"]

    def test_back_to_ours(self, edit, edition, text, lidia, at):
        edit(Said("Eccola, {code}", "Ciao."))
        actions.back_to_ours(edition, text, by=lidia, at=at)
        actions.back_to_ours(edition, text, by=lidia, at=at)

        assert texts.words_of(text, edition.pk, "it") == texts.ours(text, "it")
        assert self.verbs() == ["text-edited", "text-put-back"]

    def test_typing_our_words_again_leaves_no_trace(self, edit, text):
        edit(Said("Eccola, {code}", "Ciao."))
        edit(texts.ours(text, "it"))

        assert not EditedText.objects.exists()

    def test_nothing_changed_is_no_act(self, edit, text):
        edit(texts.ours(text, "it"))

        assert self.verbs() == []

    def test_only_who_runs_the_edition(self, edition, text, nives, at):
        with pytest.raises((Refused, Missing)):
            actions.back_to_ours(edition, text, by=nives, at=at)

    def test_a_copied_edition_takes_its_words_along(self, edit, edition, text, lidia, at):
        from datetime import timedelta

        from sqcuola.editions import actions as editions
        from sqcuola.kernel import edition_parts
        from sqcuola.notices.tests.conftest import CREATED, PHASES

        edit(Said("Eccola, {code}", "Ciao."))
        new = editions.create_edition(
            number=4, title="Classe IV", slug="quarta", phases=PHASES, seats_offered=2, by=lidia, at=CREATED
        )
        edition_parts.copy(edition, new, shift=timedelta(days=365), at=at)

        assert texts.words_of(text, new.pk, "it").subject == "Eccola, {code}"
        assert EditedText.objects.get(edition=new).by is None
