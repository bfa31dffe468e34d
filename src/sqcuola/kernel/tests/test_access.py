"""Decorators, the system check, and the pages that say what happened."""

import logging
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, include, path
from tests.pages import faults

from sqcuola.kernel import checks, errors, logs
from sqcuola.kernel.access import FORM, POST, READ, anyone, may, signed_in
from sqcuola.kernel.logs import LEFT_OUT, Formatter, Plain
from sqcuola.kernel.verdicts import ALLOWED, Refused, denied

pytestmark = pytest.mark.django_db


def answer(request, **kwargs):
    return HttpResponse("ok")


def refused(request):
    raise Refused("Come back on Monday.")


def fails(request):
    secret = "Ada Bianchi ada@example.org"
    raise ValueError(secret)


def forbidden(request):
    raise PermissionDenied


def suspicious(request):
    raise SuspiciousOperation


urlpatterns = [
    path("open/", anyone(methods=READ)(answer), name="open"),
    path("form/", anyone(methods=FORM)(answer), name="form"),
    path("press/", anyone(methods=POST)(answer), name="press"),
    path("in/", signed_in(methods=FORM)(answer), name="in"),
    path("refused/", anyone()(refused), name="refused"),
    path("forbidden/", anyone()(forbidden), name="forbidden"),
    path("suspicious/", anyone()(suspicious), name="suspicious"),
    path("fails/<str:who>/", anyone()(lambda request, who: fails(request)), name="fails"),
    *get_resolver().url_patterns,
]
handler400 = "sqcuola.kernel.errors.bad_request"
handler403 = "sqcuola.kernel.errors.denied"
handler404 = "sqcuola.kernel.errors.missing"
handler500 = "sqcuola.kernel.errors.broken"


@pytest.fixture
def browser():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, headers={"accept-language": "en"})


class TestDoors:
    def test_a_visitor_is_asked_to_sign_in_and_comes_back(self, browser):
        response = browser.get("/in/?page=2")

        assert response.status_code == 302
        assert response["Location"].endswith("?next=/in/%3Fpage%3D2")

    def test_a_part_of_a_page_asks_the_whole_page_to_sign_in(self, browser, rf, monkeypatch):
        response = browser.get(
            "/in/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/open/?a=1"}
        )

        assert response["HX-Redirect"].endswith("?next=/open/%3Fa%3D1")

    def test_whoever_has_signed_in_comes_in(self, browser, ada):
        browser.force_login(ada)

        assert browser.get("/in/").status_code == 200

    def test_a_visitor_may_be_judged_too(self, rf, at):
        seen = []
        rule = lambda person, when: seen.append((person, when)) or ALLOWED  # noqa: E731
        request = rf.get("/")
        request.user, request.at = AnonymousUser(), at

        assert may(rule, visitors=True)(answer)(request).status_code == 200
        assert seen == [(None, at)]

    def test_a_refusal_carries_its_reason(self, rf, ada, at):
        request = rf.get("/")
        request.user, request.at = ada, at

        with pytest.raises(Refused, match=r"Not yet\."):
            may(lambda person, when: denied("Not yet."))(answer)(request)


class TestUndeclaredUrls:
    def test_the_house_has_none(self):
        assert checks.every_url_has_an_access() == []
        assert checks.urls_without_access(get_resolver(), settings.DECLARED_URLS) == []

    def test_a_url_without_a_declaration_is_found(self):
        inner = ([path("bare", answer, name="bare"), path("good", anyone()(answer), name="good")], "room")
        module = type("urls", (), {"urlpatterns": [path("", include(inner)), path("unnamed/", answer)]})

        assert checks.urls_without_access(get_resolver(module), {}) == ["room:bare", "unnamed/"]
        assert checks.urls_without_access(get_resolver(module), {"room:bare": "anyone"}) == ["unnamed/"]
        assert checks.urls_without_access(get_resolver(module), {"room:*": "anyone"}) == ["unnamed/"]
        with override_settings(ROOT_URLCONF=module, DECLARED_URLS={"unnamed/": "whoever"}):
            assert [found.id for found in checks.every_url_has_an_access()] == [
                "sqcuola.E001",
                "sqcuola.E002",
            ]


class TestPagesThatSayWhatHappened:
    @pytest.mark.parametrize(
        ("method", "url", "status", "words"),
        [
            ("GET", "/nowhere/", 404, "There is no page for you at this address"),
            ("GET", "/refused/", 403, "Come back on Monday."),
            ("GET", "/forbidden/", 403, "What you asked for is not open to you."),
            ("GET", "/suspicious/", 400, "We could not read what arrived"),
            ("POST", "/open/", 405, "Read the page"),
            ("GET", "/press/", 405, "press it there"),
            ("POST", "/in/", 403, "You are no longer signed in"),
            ("GET", "/fails/ada/", 500, "Something broke on our side"),
        ],
    )
    def test_each_says_what_to_do(self, browser, method, url, status, words):
        response = browser.generic(method, url)
        page = response.content.decode()

        assert response.status_code == status
        assert words in page
        assert faults(page) == []

    def test_in_italian_too(self, browser):
        page = browser.get("/nowhere/", headers={"accept-language": "it"}).content.decode()

        assert "A questo indirizzo non c’è una pagina per te" in page.replace("&#x27;", "'")

    def test_a_form_without_its_token_says_the_page_was_old(self):
        with override_settings(ROOT_URLCONF=__name__):
            response = Client(enforce_csrf_checks=True, headers={"accept-language": "en"}).post("/form/")

        assert response.status_code == 403
        assert "The page you sent had grown old" in response.content.decode()
        assert 'href="/form/"' in response.content.decode()

    def test_the_failure_page_shows_the_code_that_stands_in_the_log(self, browser, caplog):
        page = browser.get("/fails/ada/").content.decode()

        (line,) = [record for record in caplog.records if record.name == "sqcuola.kernel.errors"]
        code = str(line.args[0])
        assert code in page.replace(" ", "")
        assert f"code {code}, in GET fails" in Formatter().format(line)

    def test_the_failure_page_needs_no_database(self, rf, django_assert_num_queries):
        request = rf.get("/", headers={"accept-language": "en"})
        with django_assert_num_queries(0):
            page = errors.broken(request).content.decode()

        assert "Something broke on our side" in page

    def test_where_no_template_can_be_read_there_is_still_a_page(self, rf, monkeypatch):
        def down(*_args, **_kwargs):
            raise OSError

        monkeypatch.setattr(errors, "render_to_string", down)
        page = errors.broken(rf.get("/")).content.decode()

        assert "Qualcosa si è rotto da noi" in page


class TestLogLines:
    """No names, addresses, tokens or query strings."""

    def line(self, message, *args, name="sqcuola.test", exc_info=None):
        record = logging.LogRecord(name, logging.INFO, "/x/y.py", 7, message, args, exc_info)
        return Formatter().format(record)

    @pytest.mark.parametrize(
        ("message", "args", "shown"),
        [
            ("sent %d of %s", (3, 4), "sent 3 of 4"),
            ("ran %s", (Plain("people.forget"),), "ran people.forget"),
            ("hello %s", ("Ada Bianchi",), "hello …"),
            ("hello %s", ("ada@example.org",), "hello …"),
            ("took %d", ("Ada",), "took %d"),
            ("hello %(who)s", ({"who": "Ada"},), "hello …"),
            ("failed: %s", (ValueError("Ada"),), "failed: ValueError"),
            ("mail for ada@example.org", (), "mail for …"),
            ("GET /enter/?mail=ada%40example.org", (), "GET /enter/…"),
            ("link kT9vQ2mXw8pLr4sZb7nC_dE1", (), "link …"),
            ("a very long but innocent-looking-sentence-of-words", (), "innocent-looking-sentence-of-words"),
        ],
    )
    def test_only_numbers_and_words_of_the_code_are_shown(self, message, args, shown):
        assert shown in self.line(message, *args)
        assert "Ada" not in self.line(message, *args)

    def test_what_others_write_is_left_out(self):
        assert "Ada" not in self.line("hello Ada", name="somebody.else")
        assert "y.py:7" in self.line("hello Ada", name="somebody.else")

    def test_of_an_exception_only_where_and_of_which_kind(self):
        try:
            try:
                fails(None)
            except ValueError as cause:
                raise KeyError("Bruno Verdi") from cause
        except KeyError:
            shown = self.line("it failed", exc_info=sys.exc_info())

        assert "test_access.py" in shown
        assert "builtins.ValueError" in shown
        assert "builtins.KeyError" in shown
        assert not {"Ada", "Bruno", "secret ="} & set(shown.split())

    def test_of_a_recursion_without_end_the_first_and_the_last_places(self):
        def deeper(left):
            return ends() if left == 0 else deeper(left - 1)

        def ends():
            raise RecursionError

        try:
            deeper(400)
        except RecursionError:
            shown = self.line("it failed", exc_info=sys.exc_info()).splitlines()

        places, between = shown[1:-1], "    … 363 more"  # 403 went through: the test, 401 times deeper, ends
        assert len(places) == 10 + 1 + 30
        assert places[10] == between
        assert places[0].endswith("test_of_a_recursion_without_end_the_first_and_the_last_places")
        assert places[-1].endswith("ends")
        assert shown[-1] == "    builtins.RecursionError"

    def test_no_more_than_forty_places_are_all_shown(self):
        def deeper(left):
            return 1 // left if left == 0 else deeper(left - 1)

        try:
            deeper(38)
        except ZeroDivisionError:
            shown = self.line("it failed", exc_info=sys.exc_info()).splitlines()

        assert len(shown) == 1 + 40 + 1
        assert LEFT_OUT not in " ".join(shown)

    def test_what_fails_anew_at_each_place_is_told_by_its_latest(self):
        def deeper(left):
            try:
                return 1 // left if left == 0 else deeper(left - 1)
            except ArithmeticError:
                raise FloatingPointError if left else OverflowError  # noqa: B904 - what led to it is told

        try:
            deeper(200)
        except FloatingPointError:
            shown = self.line("it failed", exc_info=sys.exc_info()).splitlines()

        assert [line for line in shown if "builtins." in line] == 10 * ["    builtins.FloatingPointError"]

    def test_a_whole_failed_request_leaves_no_trace_of_the_person(self, browser, ada, capsys, monkeypatch):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Formatter())
        for name in ("", "sqcuola", "django"):
            monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
            monkeypatch.setattr(logging.getLogger(name), "propagate", False)
        browser.force_login(ada)

        browser.get("/fails/ada@example.org/?token=kT9vQ2mXw8pLr4sZb7nC")

        lines = capsys.readouterr().err
        assert "builtins.ValueError" in lines
        assert not [
            word for word in ("ada", "Ada", "Bianchi", "example.org", "kT9v", "token") if word in lines
        ]

    def test_every_handler_of_the_house_writes_plain_lines(self):
        loggers = logs.LOGGING["loggers"].values()

        assert {
            handler for each in [*loggers, logs.LOGGING["root"]] for handler in each.get("handlers", ())
        } == {
            "stderr",
            "null",
        }
        assert logs.LOGGING["handlers"]["stderr"]["formatter"] == "plain"
