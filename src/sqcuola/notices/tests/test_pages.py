"""The pages of notices, texts and letters."""

import pytest
from django.core import mail
from django.urls import reverse
from tests.pages import assert_page

from sqcuola.editions.models import Phase
from sqcuola.kernel import outbox, working
from sqcuola.notices import actions, braces, texts
from sqcuola.notices.models import EditedText, Message, Notice, Preference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]


@pytest.fixture
def told(nives, edition, at):
    for number in range(3):
        actions.tell(
            nives,
            "trial.receipt",
            data={"code": f"K{number}"},
            url="/e/terza/",
            edition=edition,
            at=at,
            thing=str(number),
        )


@pytest.fixture
def boss(client, lidia):
    client.force_login(lidia)
    return client


class TestNotices:
    def test_nothing_yet(self, client, nives):
        client.force_login(nives)
        page = assert_page(client.get("/notices/"))
        assert "Non è ancora successo niente" in page

    def test_new_stands_above_seen(self, client, nives, told):
        client.force_login(nives)
        page = assert_page(client.get("/notices/"))
        assert "3 cose" in page
        first = Notice.objects.earliest("pk")
        answer = client.post(reverse("notices:open", args=[first.pk]))
        assert answer.url == "/e/terza/"
        page = assert_page(client.get("/notices/"))
        assert page.index("Trial of K1") < page.index("Trial of K0")

        client.post("/notices/seen/")
        assert "Hai visto tutto" in client.get("/notices/").content.decode()

    def test_the_page_costs_the_same_for_one_and_three(self, client, nives, told, django_assert_num_queries):
        client.force_login(nives)
        client.get("/notices/")
        for _ in range(2):
            with django_assert_num_queries(8):
                client.get("/notices/")
            Notice.objects.exclude(pk=Notice.objects.earliest("pk").pk).delete()

    def test_preferences_are_kept(self, client, nives):
        client.force_login(nives)
        page = assert_page(client.get("/notices/preferences/"))
        assert "A receipt" in page
        assert "A seat" not in page
        typed = {"quiet_from": "23:00", "quiet_until": "06:00", "digest_at": "09:30"}
        answer = client.post(
            "/notices/preferences/", {**typed, "how-trial.receipt": "here", "how-trial.daily": "daily"}
        )

        assert answer.status_code == 302
        assert Preference.objects.get().how == "here"
        assert 'value="09:30"' in client.get("/notices/preferences/").content.decode()

    def test_a_wrong_hour_is_said_at_its_field_and_the_rest_is_kept(self, client, nives):
        client.force_login(nives)
        typed = {
            "quiet_from": "25",
            "quiet_until": "06:00",
            "digest_at": "09:30",
            "how-trial.receipt": "here",
            "how-trial.daily": "now",
        }
        page = assert_page(client.post("/notices/preferences/", typed))

        assert "18:30" in page
        assert not Preference.objects.exists()


class TestTexts:
    def test_all_of_them_and_which_are_ours(self, boss, edition):
        page = assert_page(boss.get("/e/terza/texts/"))
        assert "A receipt" in page
        assert "parole vostre" not in page

    def test_one_is_read_as_it_arrives_changed_and_put_back(self, boss, edition):
        url = "/e/terza/texts/trial.receipt/"
        page = assert_page(boss.get(url))
        assert "K7M2 arrived for Classe III." in page
        assert "Oggetto, in italiano" in page
        assert "Testo, in inglese" in page
        typed = {"subject_it": "Eccola {code}", "body_it": "Ciao", "subject_en": "Here", "body_en": "Hello"}
        assert boss.post(url, typed).status_code == 302
        page = assert_page(boss.get(url))
        assert "Eccola K7M2" in page
        assert "parole vostre" in boss.get("/e/terza/texts/").content.decode()

        assert "Che cosa dicono le nostre parole" in page
        assert "Trial of {code}" in page
        boss.post(url + "ours/")
        assert not EditedText.objects.exists()
        assert "Che cosa dicono le nostre parole" not in boss.get(url).content.decode()

    def test_it_is_seen_before_it_is_kept(self, boss, edition):
        typed = {
            "subject_it": "Eccola {code}",
            "body_it": "Cara {name}",
            "subject_en": "Here",
            "body_en": "Hi",
        }
        page = assert_page(boss.post("/e/terza/texts/trial.receipt/", {**typed, "do": "preview"}))

        assert "Eccola K7M2" in page
        assert "Cara Nives" in page
        assert 'value="Eccola {code}"' in page
        assert not EditedText.objects.exists()

    def test_each_stands_under_its_stage_and_a_stage_left_out_is_silent(self, boss, edition):
        texts.register("trial.call", title="Of the call", subject="A", body="B", stage=Phase.Kind.CALL)
        texts.register("trial.awards", title="Of the awards", subject="A", body="B", stage=Phase.Kind.AWARDS)
        page = assert_page(boss.get("/e/terza/texts/"))

        assert page.index(">Bando<") < page.index("Of the call") < page.index("In qualsiasi momento")
        assert "Of the awards" not in page

    def test_which_language_is_in_own_words_is_said(self, boss, edition):
        typed = {"subject_it": "Eccola {code}", "body_it": "Ciao", "subject_en": "Trial of {code}"}
        ours = texts.ours(texts.named("trial.receipt"), "en").body
        boss.post("/e/terza/texts/trial.receipt/", {**typed, "body_en": ours})

        assert "parole vostre, in italiano" in boss.get("/e/terza/texts/").content.decode()

    def test_a_mail_without_what_it_is_sent_for_is_refused_at_its_words(self, boss, edition):
        texts.register("trial.seat", title="A seat", subject="A seat", body="Here: {url}", needs=("url",))
        typed = {
            "subject_it": "Un posto",
            "body_it": "Ciao",
            "subject_en": "A seat",
            "body_en": "Here: {url}",
        }
        page = assert_page(boss.post("/e/terza/texts/trial.seat/", typed))

        assert "Senza {pagina} questa mail non serve a niente" in page
        assert not EditedText.objects.exists()

    def test_a_word_nothing_fills_is_said_at_its_field(self, boss, edition):
        typed = {
            "subject_it": "Eccola {sigillo}",
            "body_it": "Ciao",
            "subject_en": "Here",
            "body_en": "Hello",
        }
        page = assert_page(boss.post("/e/terza/texts/trial.receipt/", typed))

        assert "Niente riempie {sigillo}" in page
        assert 'value="Eccola {sigillo}"' in page
        assert not EditedText.objects.exists()

    def test_the_words_in_braces_are_those_of_the_language_one_writes_in(self, boss, edition):
        page = assert_page(boss.get("/e/terza/texts/trial.receipt/"))
        assert 'data-insert="{nome}"' in page
        typed = {
            "subject_it": "Eccola {codice}", "body_it": "Ciao {nome}, {name}",
            "subject_en": "Here {code}", "body_en": "Hello {nome}",
        }  # fmt: skip
        boss.post("/e/terza/texts/trial.receipt/", {**typed, "do": "keep"})

        kept = {text.language: (text.subject, text.body) for text in EditedText.objects.all()}
        assert kept == {"it": ("Eccola {code}", "Ciao {name}, {name}"), "en": ("Here {code}", "Hello {name}")}
        page = assert_page(boss.get("/e/terza/texts/trial.receipt/"))
        assert "Ciao {nome}, {nome}</textarea>" in page
        assert "Hello {name}</textarea>" in page

    def test_every_field_of_every_text_has_a_word_of_its_own_in_each_language(self):
        fields = {
            name
            for text in texts.all_texts()
            if not text.key.startswith("trial.")
            for name in text.all_fields
        }
        for language in ("it", "en"):
            words = {braces.word(name, language) for name in braces.WORDS}
            assert len(words) == len(braces.WORDS)
            assert fields <= braces.WORDS.keys()
            assert {braces.kept(f"{{{word}}}") for word in words} == {f"{{{name}}}" for name in braces.WORDS}


class TestLetters:
    def typed(self, page, **more):
        from tests.pages import Page

        hidden = {
            attrs["name"]: attrs["value"]
            for attrs in Page(page).all("input")
            if attrs.get("type") == "hidden" and attrs.get("name") in {"once", "many"}
        }
        return {"subject": "Manca poco", "body": "Ciao {name}", **hidden, **more}

    def test_whom_one_can_write_to(self, boss, edition, everybody, nives, ugo):
        page = assert_page(boss.get("/e/terza/write/"))
        assert "Everybody" in page
        assert "2 persone" in page

    def test_what_is_no_number_is_nobody(self, boss, edition, everybody, nives, ugo):
        url = "/e/terza/write/everybody/"
        odd = [str(nives.pk), "²", "9" * 5000, "-1", "x"]
        page = assert_page(boss.post(url, self.typed(boss.get(url).content.decode(), to=odd, do="preview")))

        assert "Scrivi a <mark>una persona</mark>" in page

    def test_from_the_list_to_the_mailbox(self, boss, edition, everybody, nives, ugo, lidia):
        url = "/e/terza/write/everybody/"
        page = assert_page(boss.get(url))
        assert "Scrivi a <mark>2 persone</mark>" in page
        everyone = [str(nives.pk), str(ugo.pk)]

        page = assert_page(boss.post(url, self.typed(page, to=everyone, do="preview", **{"as": str(ugo.pk)})))
        assert "Ciao Ugo" in page
        page = assert_page(boss.post(url, self.typed(page, to=everyone[:1], do="trial")))
        assert "lidia@example.org" in page
        assert "Scrivi a <mark>una persona</mark>" in page
        answer = boss.post(url, self.typed(page, to=everyone[:1], do="send"))
        message = Message.objects.get()
        page = assert_page(boss.get(answer.url))
        assert "Riprendila" in page
        assert "Ciao {nome}" in page
        assert "{name}" not in page

        working.run_due(message.leaves_at)
        assert [sent.body.splitlines()[0] for sent in mail.outbox] == ["Ciao Lidia", "Ciao Nives"]
        assert "inviata" in assert_page(boss.get(answer.url))

    def test_how_it_fared_is_said_in_figures_and_who_it_came_back_from_stands_first(
        self, boss, edition, everybody, nives, ugo
    ):
        page = boss.get("/e/terza/write/everybody/").content.decode()
        sent = boss.post("/e/terza/write/everybody/", self.typed(page, to=[nives.pk, ugo.pk], do="send"))
        leaves = Message.objects.get().leaves_at
        working.run_due(leaves)
        outbox.came_back("report 5.1.1", address=ugo.email, at=leaves)
        page = assert_page(boss.get(sent.url))

        assert page.index("ugo@example.org: questo indirizzo non esiste") < page.index("Nives")
        assert "<dt>inviata</dt><dd>1</dd>" in page
        assert "<dt>tornata indietro</dt><dd>1</dd>" in page

    def test_taken_back_it_says_so(self, boss, edition, everybody, nives):
        page = boss.get("/e/terza/write/everybody/").content.decode()
        sent = boss.post("/e/terza/write/everybody/", self.typed(page, to=[str(nives.pk)], do="send"))
        boss.post(sent.url + "back/")

        assert "nessuno ha ricevuto" in assert_page(boss.get(sent.url))
        assert "ripresa" in assert_page(boss.get("/e/terza/write/"))

    def test_taken_back_it_can_be_written_again_to_the_same_people(
        self, boss, edition, everybody, nives, ugo
    ):
        page = boss.get("/e/terza/write/everybody/").content.decode()
        sent = boss.post("/e/terza/write/everybody/", self.typed(page, to=[str(nives.pk)], do="send"))
        message = Message.objects.get()
        again = f"/e/terza/write/everybody/?again={message.pk}"
        assert message.subject not in boss.get(again).content.decode(), "it is still on its way"
        boss.post(sent.url + "back/")

        assert again in assert_page(boss.get(sent.url))
        page = assert_page(boss.get(again))
        assert f'value="{message.subject}"' in page
        assert f'value="{nives.pk}" form="letter" checked' in page
        assert f'value="{ugo.pk}" form="letter" checked' not in page
        for odd in ("²", "9" * 40, "x", ""):
            assert message.subject not in assert_page(boss.get(f"/e/terza/write/everybody/?again={odd}"))

    def test_a_list_that_changed_meanwhile_is_shown_again(
        self, boss, edition, everybody, nives, django_user_model
    ):
        page = boss.get("/e/terza/write/everybody/").content.decode()
        django_user_model.objects.create_user("new@example.org", "Nuova")
        typed = self.typed(page, to=[str(nives.pk)], do="send")
        page = assert_page(boss.post("/e/terza/write/everybody/", typed))

        assert "è cambiata" in page
        assert not Message.objects.exists()
        assert (
            boss.post(
                "/e/terza/write/everybody/", self.typed(page, to=[str(nives.pk)], do="send")
            ).status_code
            == 302
        )

    def test_to_nobody_and_with_an_unknown_word_is_said_and_kept(self, boss, edition, everybody, nives):
        page = boss.get("/e/terza/write/everybody/").content.decode()
        wrong = self.typed(page, do="send")
        page = assert_page(boss.post("/e/terza/write/everybody/", wrong))
        assert "Non resta nessuno" in page
        page = assert_page(
            boss.post("/e/terza/write/everybody/", {**wrong, "to": [nives.pk], "body": "Ciao {cognome}"})
        )
        assert "Niente riempie {cognome}" in page
        assert "Ciao {cognome}</textarea>" in page
        assert not Message.objects.exists()

    def test_nobody_on_the_list(self, boss, edition, everybody):
        assert "Su questa lista ora non c’è nessuno" in assert_page(boss.get("/e/terza/write/everybody/"))

    def test_a_list_is_narrowed_and_what_was_typed_and_left_out_stays(
        self, boss, edition, everybody, nives, ugo, django_user_model
    ):
        url = "/e/terza/write/everybody/"
        nora = django_user_model.objects.create_user("nora@example.org", "Nora")
        page = boss.get(url).content.decode()
        shown = [nives.pk, ugo.pk, nora.pk]
        typed = self.typed(page, to=[ugo.pk, nora.pk], shown=shown, do="narrow", **{"only-tongue": "it"})
        page = assert_page(boss.post(url, typed))

        assert 'value="Manca poco"' in page
        assert "Everybody, IT" in page
        assert "Scrivi a <mark>una persona</mark>" in page, "Nives was left out, Ugo reads English"
        boss.post(url, self.typed(page, to=[nora.pk], do="send", **{"only-tongue": "it"}))
        message = Message.objects.get()
        assert [receiver.person for receiver in message.receivers.all()] == [nora]
        assert message.only == {"tongue": "it"}
        assert "Everybody, IT" in assert_page(boss.get("/e/terza/write/"))

    def test_a_list_comes_narrowed_by_its_address_and_may_be_of_nobody(
        self, boss, edition, everybody, nives, ugo
    ):
        assert "ugo@example.org" not in assert_page(boss.get("/e/terza/write/everybody/?only-words=niv"))
        page = assert_page(boss.get("/e/terza/write/everybody/?only-words=zzz"))

        assert "Scrivi a <mark>0 persone</mark>" in page
        refused = boss.post("/e/terza/write/everybody/", self.typed(page, do="send", **{"only-words": "zzz"}))
        assert "Non resta nessuno" in assert_page(refused)

    def test_a_filter_changed_without_looking_sends_to_nobody_who_was_not_shown(
        self, boss, edition, everybody, nives, ugo
    ):
        page = boss.get("/e/terza/write/everybody/?only-tongue=it").content.decode()
        typed = self.typed(page, to=[nives.pk], do="send", **{"only-tongue": "en"})
        assert_page(boss.post("/e/terza/write/everybody/", typed))

        assert not Message.objects.exists()
