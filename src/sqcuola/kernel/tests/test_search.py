"""The search index: the same results on both databases (the suite runs on both)."""

from datetime import timedelta

import pytest

from sqcuola.kernel import acts, privacy, search
from sqcuola.kernel.models import SearchEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registries")]


@pytest.fixture
def put(at, monkeypatch):
    from sqcuola.kernel import audiences

    monkeypatch.setattr(audiences, "_audiences", {})
    acts.register_audience("public", lambda person, when: acts.EVERYWHERE)
    acts.register_audience("class", lambda person, when: {"one"} if person is not None else ())
    numbers = iter(range(1000))

    def put_in(title, body="", **how):
        number = next(numbers)
        fields = {
            "kind": "post",
            "audience": "public",
            "scope": "one",
            "url": f"/{number}/",
            "language": "it",
        }
        key = how.pop("key", title)
        when = at + timedelta(minutes=number)
        search.put(key, **{**fields, "title": title, "body": body, "at": when, **how})

    return put_in


def keys(page):
    return [found.key for found in page.found]


class TestFinding:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("azienda", True),
            ("aziende", True),
            ("AZIENDE", True),
            ("l'azienda adotta", True),
            ("citta", True),
            ("città", True),
            ("Citta'", True),
            ("adottare la città", True),
            ("azienda marziana", False),
            ("blo", False),
            ("company", False),
        ],
    )
    def test_words_are_found_in_any_form_and_spelling(self, put, at, asked, found):
        put("Le aziende", "Un'azienda della città adotta un blogger.")

        assert bool(search.find(asked, None, at).found) is found

    def test_a_text_in_english_is_found_by_english_stems(self, put, at):
        put("Schools", "The students were writing stories.", language="en")

        assert keys(search.find("story written student", None, at)) == []
        assert keys(search.find("story writing student", None, at)) == ["Schools"]
        assert keys(search.find("schools", None, at)) == ["Schools"]

    def test_a_hit_in_the_title_comes_first_then_the_newest(self, put, at):
        put("Blog", "parole")
        put("Altro", "un blog")
        put("Ultimo", "un blog ancora")

        assert keys(search.find("blog", None, at)) == ["Blog", "Ultimo", "Altro"]

    def test_idle_words_are_not_looked_for_unless_there_is_nothing_else(self, put, at):
        put("La scuola", "si fa")
        put("Scuola", "e basta")

        assert keys(search.find("la scuola di", None, at)) == ["Scuola", "La scuola"]
        assert keys(search.find("si", None, at)) == ["La scuola"]

    @pytest.mark.parametrize("asked", ["", "  ", "?!", "'", '"', "-", "*", "()", "😀"])
    def test_nothing_asked_finds_nothing(self, put, at, asked):
        put("Scuola")

        assert search.find(asked, None, at).found == []

    @pytest.mark.parametrize(
        "asked",
        [
            'scuola" OR "x',
            "scuola'",
            "scuola*",
            "NOT scuola",
            "scuola:",
            "(scuola",
            "a:scuola",
            "scuola & !x",
        ],
    )
    def test_what_is_typed_is_never_a_query_language(self, put, at, asked):
        put("Scuola or not x")

        assert keys(search.find(asked, None, at)) in ([], ["Scuola or not x"])

    def test_kinds_narrow(self, put, at):
        put("Scuola uno", kind="post")
        put("Scuola due", kind="lesson")

        assert keys(search.find("scuola", None, at, kinds=["lesson"])) == ["Scuola due"]

    def test_pages(self, put, at, django_assert_num_queries):
        for number in range(21):
            put(f"Scuola {number}")

        with django_assert_num_queries(1):
            first = search.find("scuola", None, at)
        second = search.find("scuola", None, at, page=2)
        assert (len(first.found), first.more) == (20, True)
        assert (keys(second), second.more) == (["Scuola 0"], False)

    def test_the_excerpt_shows_where_it_was(self, put, at):
        put("Titolo", "parole " * 40 + "la città di Parma e altre " + "parole " * 40)

        (found,) = search.find("citta parma", None, at).found
        assert [part.text for part in found.excerpt if part.hit] == ["città", "Parma"]
        whole = "".join(part.text for part in found.excerpt)
        assert whole.startswith("…parole")
        assert "la città di Parma e altre" in whole
        assert whole.endswith(" parole…")
        assert len(whole) < 290

    def test_a_hit_in_the_title_alone_shows_the_beginning(self, put, at):
        put("Parma", "Una frase.")

        (found,) = search.find("parma", None, at).found
        assert found.excerpt == [search.Part("Una frase.", hit=False)]


class TestAudiences:
    def test_only_what_the_person_may_know_of_is_found(self, put, at, ada):
        put("Scuola aperta")
        put("Scuola della classe", audience="class")
        put("Scuola di un'altra classe", audience="class", scope="two")
        put("Scuola di nessuno", audience="unknown")

        assert keys(search.find("scuola", None, at)) == ["Scuola aperta"]
        assert keys(search.find("scuola", ada, at)) == ["Scuola della classe", "Scuola aperta"]
        assert [found.key for found in search.complete("scu", None, at)] == ["Scuola aperta"]


class TestKeeping:
    def test_putting_again_changes_and_removing_takes_out(self, put, at):
        put("Scuola", key="x")
        put("Azienda", key="x")

        assert keys(search.find("scuola", None, at)) == []
        assert keys(search.find("azienda", None, at)) == ["x"]
        search.remove("x")
        assert keys(search.find("azienda", None, at)) == []
        put("Azienda", key="y")
        assert keys(search.find("azienda", None, at)) == ["y"]

    def test_an_erased_person_is_found_no_longer(self, put, at, ada, bruno, monkeypatch):
        ours = {model: item for model, item in privacy._entries.items() if item.room == "kernel"}
        monkeypatch.setattr(privacy, "_entries", ours)
        put("Ada Bianchi", about=ada)
        put("Bruno Verdi", about=bruno)

        privacy.erase(ada, at)

        assert keys(search.find("ada", None, at)) == []
        assert keys(search.find("bruno", None, at)) == ["Bruno Verdi"]
        assert list(SearchEntry.objects.values_list("title", flat=True)) == ["Bruno Verdi"]


class TestCompleting:
    @pytest.mark.parametrize(
        ("begun", "found"),
        [
            ("a", ["Ada Bianchi", "Città d'arte"]),
            ("ad b", ["Ada Bianchi"]),
            ("cit", ["Città d'arte"]),
            ("ianchi", []),
            ("", []),
            ("ada bianchi x", []),
        ],
    )
    def test_words_that_begin_so(self, put, at, begun, found):
        put("Ada Bianchi")
        put("Città d'arte")
        put("Bruno Verdi")

        assert [item.title for item in search.complete(begun, None, at)] == found
