"""The search index: the same results on both databases (the suite runs on both)."""

from datetime import timedelta

import pytest
from django.db import connection

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
        search.put(key, search.Entry(**{**fields, "title": title, "body": body, "at": when, **how}))

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

    def test_idle_words_are_not_looked_for(self, put, at):
        put("La scuola", "si fa")
        put("Scuola", "e basta")

        assert keys(search.find("quando si fa la scuola di", None, at)) == ["La scuola"]
        assert keys(search.find("la scuola dell'", None, at)) == ["Scuola", "La scuola"]

    @pytest.mark.parametrize(
        "asked", ["", "  ", "?!", "'", '"', "-", "*", "()", "😀", "si", "che cosa è", "what is the"]
    )
    def test_nothing_asked_finds_nothing(self, put, at, asked, django_assert_num_queries):
        put("Scuola", "che si fa")

        with django_assert_num_queries(0):
            assert search.find(asked, None, at).found == []
            assert search.count(asked, None, at) == {}

    @pytest.mark.parametrize(
        "asked", ["x" * 10_000, "\u1e9b\u0323" * 10_000, "\ufdfa" * 300, " ".join(map(str, range(5_000)))]
    )
    def test_an_endless_question_is_cut(self, put, at, asked):
        put("Scuola")

        assert len(search.wanted(asked)) <= search.MOST_WORDS
        assert search.find(asked, None, at).found == []

    def test_an_endless_word_is_found_by_its_beginning(self, put, at):
        put("Lungo", f"qui {'a' * 5_000} e poi parole")

        assert keys(search.find("a" * 60, None, at)) == ["Lungo"]
        assert keys(search.find("parole", None, at)) == ["Lungo"]

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

    def test_it_is_counted_by_kind(self, put, at, django_assert_num_queries):
        put("Scuola uno", kind="post")
        put("Scuola due", kind="lesson")
        put("Scuola tre", kind="lesson")
        put("Scuola quattro", kind="lesson", audience="class")

        with django_assert_num_queries(1):
            assert search.count("scuola", None, at) == {"post": 1, "lesson": 2}

    def test_pages(self, put, at, django_assert_num_queries):
        for number in range(21):
            put(f"Scuola {number}")

        with django_assert_num_queries(1):
            first = search.find("scuola", None, at)
        second = search.find("scuola", None, at, page=2)
        assert (len(first.found), first.more) == (20, True)
        assert (keys(second), second.more) == (["Scuola 0"], False)

    @pytest.mark.parametrize("number", [-1, 0, 1, 10**40])
    def test_no_page_is_further_than_the_last(self, put, at, number):
        put("Scuola")

        assert search.find("scuola", None, at, page=number).number in {1, search.MOST_PAGES}

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
        assert found.heading == [search.Part("Parma", hit=True)]

    def test_a_long_text_is_read_no_further_than_it_is_shown(self, put, at):
        put("Titolo", "Parma " + "parole " * 2_000)

        (found,) = search.find("parma", None, at).found
        assert len("".join(part.text for part in found.excerpt)) <= 2 * search.AROUND


class TestBothLanguages:
    def test_what_is_said_in_both_is_found_once_in_that_of_who_asks(self, at, put):
        said = {"kind": "post", "audience": "public", "scope": "one", "url": "/", "at": at, "title": "Blog"}
        search.put(
            "both",
            search.Entry(body="Una borsa per il blog.", language="it", **said),
            search.Entry(body="A scholarship for the blog.", language="en", **said),
        )
        put("Soltanto in italiano", "un blog", key="one")

        def languages(asked, language):
            page = search.find(asked, None, at, language=language)
            return [(found.key, found.language) for found in page.found]

        assert languages("blog", "it") == [("both", "it"), ("one", "it")]
        assert languages("blog", "en") == [("both", "en"), ("one", "it")]
        assert languages("scholarships", "it") == [("both", "en")]
        assert languages("borse", "en") == [("both", "it")]
        assert search.count("blog", None, at, language="en") == {"post": 2}
        assert [found.key for found in search.complete("bl", None, at, language="en")] == ["both"]


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
    def test_putting_again_changes_and_putting_nothing_takes_out(self, put, at):
        put("Scuola", key="x")
        put("Azienda", key="x")

        assert keys(search.find("scuola", None, at)) == []
        assert keys(search.find("azienda", None, at)) == ["x"]
        search.put("x")
        assert keys(search.find("azienda", None, at)) == []
        put("Azienda", key="y")
        assert keys(search.find("azienda", None, at)) == ["y"]
        assert is_whole()

    def test_a_language_that_is_no_longer_said_goes_out(self, put, at):
        put("School", key="x", language="en")
        put("Scuola", key="x", language="it")

        assert list(SearchEntry.objects.values_list("language", flat=True)) == ["it"]
        assert is_whole()

    def test_what_stands_there_already_is_not_written_again(self, at, django_assert_num_queries):
        entry = search.Entry(
            kind="post",
            audience="public",
            scope="one",
            title="Scuola",
            body="",
            url="/",
            language="it",
            at=at,
        )
        search.put("x", entry)

        with django_assert_num_queries(1):
            search.put("x", entry)

    def test_an_erased_person_is_found_no_longer(self, put, at, ada, bruno, monkeypatch):
        ours = {model: item for model, item in privacy._entries.items() if item.room == "kernel"}
        monkeypatch.setattr(privacy, "_entries", ours)
        put("Ada Bianchi", about=ada)
        put("Bruno Verdi", about=bruno)

        privacy.erase(ada, at)

        assert keys(search.find("ada", None, at)) == []
        assert keys(search.find("bruno", None, at)) == ["Bruno Verdi"]
        assert list(SearchEntry.objects.values_list("title", flat=True)) == ["Bruno Verdi"]


class TestFilling:
    @pytest.fixture
    def things(self, at, monkeypatch):
        """A room with things that can be found, which has told the index nothing yet."""
        things = {"room.thing:1": "Scuola", "room.thing:2": "Azienda"}

        def put(key):
            said = {
                "kind": "post",
                "audience": "public",
                "scope": "one",
                "url": "/",
                "language": "it",
                "at": at,
            }
            search.put(key, *[search.Entry(title=things[key], body="", **said)] if key in things else [])

        monkeypatch.setattr(search, "_sources", {})
        search.register("room", keys=lambda: things, put=put)
        return things

    def test_everything_stands_there_afterwards_and_nothing_else(self, things, put, at):
        put("Scuola di ieri", key="room.thing:0")
        put("Un altro titolo", key="room.thing:1")
        put("Scuola di un'altra stanza", key="other.thing:1")

        assert search.fill() == 3
        assert set(keys(search.find("scuola", None, at))) == {"room.thing:1", "other.thing:1"}
        assert keys(search.find("azienda", None, at)) == ["room.thing:2"]

        before = list(SearchEntry.objects.order_by("pk").values())
        search.fill()
        assert list(SearchEntry.objects.order_by("pk").values()) == before
        assert is_whole()

    def test_a_room_registers_once(self, things):
        with pytest.raises(ValueError, match="twice"):
            search.register("room", keys=list, put=print)


def is_whole():
    """Tell whether SQLite's FTS5 table is what its triggers should have made of the rows (PostgreSQL has no choice)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kernel_search (kernel_search, rank) VALUES ('integrity-check', 1)")
    return True


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
