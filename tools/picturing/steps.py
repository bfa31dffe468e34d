"""What is done in the browser before a picture, where opening an address is not enough."""

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page
from tools.picturing import scenes

from sqcuola.config.world.cast import DOMAIN
from sqcuola.config.world.demo import PASSWORD


@dataclass(slots=True)
class Visit:
    """A page that is open, the address of its house, what the scenes put there, and how it is left."""

    page: Page
    base: str
    path: str
    things: Mapping[str, Any]
    afterwards: Callable[[], None] = lambda: None
    filled: str = ""

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self) -> None:
        """Press the filled button of the form that was filled in last, or of the page's only one."""
        form = f"main form:has([name={self.filled}])" if self.filled else "main form"
        self.filled = ""
        self.page.locator(form).first.locator("button:not([type=button])").first.click()
        self.page.wait_for_load_state()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(value)
            self.filled = name


def sign_in(visit: Visit, key: str) -> None:
    """Come in by password, as the demo's people can."""
    visit.go("/enter/password/")
    visit.fill(email=f"{key}@{DOMAIN}", password=PASSWORD)
    visit.press()


def digits(to: str) -> str:
    """Return the code in the newest letter to an address."""
    found = re.search(r"\b(\d{6})\b", scenes.newest_letter(to).text)
    if found is None:
        raise LookupError(f"The newest letter to {to} has no code.")
    return found[1]


def wrong_address(visit: Visit) -> None:
    visit.go("/enter/")
    visit.page.locator("main form").first.evaluate("form => form.noValidate = true")
    visit.fill(email="nives chiocciola posta")
    visit.press()


def ask_code(visit: Visit) -> None:
    visit.go("/enter/")
    visit.fill(email=f"norma@{DOMAIN}")
    visit.press()


def wrong_code(visit: Visit) -> None:
    visit.go("/enter/")
    visit.fill(email=f"zaira@{DOMAIN}")
    visit.press()
    right = digits(f"zaira@{DOMAIN}")
    visit.fill(code="000000" if right != "000000" else "111111")
    visit.press()


def new_person(visit: Visit) -> None:
    visit.go("/enter/")
    visit.fill(email=f"nuova@{DOMAIN}")
    visit.press()
    visit.fill(code=digits(f"nuova@{DOMAIN}"))
    visit.press()


def to_second_factor(visit: Visit) -> None:
    sign_in(visit, "rocco")


def to_help(visit: Visit) -> None:
    sign_in(visit, "rocco")
    visit.go("/enter/second/help/")


def with_recovery_code(visit: Visit, path: str) -> None:
    """Show a recovery code as the second factor, and go on."""
    sign_in(visit, "rocco")
    codes = RecoveryCodes(scenes.person("rocco").authenticator_set.get(type="recovery_codes"))
    visit.fill(code=codes.get_unused_codes()[0])
    visit.press()
    visit.go(path)


def safety_with_app(visit: Visit) -> None:
    with_recovery_code(visit, "/me/safety/")


def app_removed(visit: Visit) -> None:
    with_recovery_code(visit, "/me/safety/app/remove/")


def recovery(visit: Visit) -> None:
    with_recovery_code(visit, "/me/safety/recovery/")


def recovery_anew(visit: Visit) -> None:
    with_recovery_code(visit, "/me/safety/recovery/new/")


def other_address(visit: Visit) -> None:
    visit.go("/me/address/")
    visit.fill(email=f"irene.altrove@{DOMAIN}")
    visit.press()


def join(visit: Visit) -> None:
    visit.go("/me/join/")
    visit.fill(email=f"guido@{DOMAIN}")
    visit.press()


def join_proven(visit: Visit) -> None:
    visit.go("/me/join/")
    visit.fill(email=f"furio@{DOMAIN}")
    visit.press()
    visit.fill(code=digits(f"furio@{DOMAIN}"))
    visit.press()


def trial_taken(visit: Visit) -> None:
    visit.go("/test/trial/")
    visit.press()
    address = re.sub(r"\d+/$", "", visit.page.url.removeprefix(visit.base))
    visit.page.locator("main label").first.click()
    visit.go(f"{address}hand-in/")
    visit.press()


def letter_previewed(visit: Visit) -> None:
    visit.go(visit.path)
    visit.fill(
        subject="Manca poco",
        body="Ciao {name},\n\nla tua candidatura è a metà, e il bando chiude fra pochi giorni.",
    )
    visit.page.locator("main .actions button[value=preview]").first.click()
    visit.page.wait_for_load_state()


def plan_shown(visit: Visit) -> None:
    starts = timezone.localdate() + timedelta(days=30)
    visit.go(visit.path)
    visit.fill(title="Classe IV", starts=starts.isoformat())
    visit.press()


def wrong_first_code(visit: Visit) -> None:
    visit.go("/first-run/")
    visit.fill(code="NON-E-QUESTO")
    visit.press()


def first_code(visit: Visit) -> None:
    visit.go("/first-run/")
    visit.fill(code=visit.things["first code"])
    visit.press()


def first_school(visit: Visit) -> None:
    visit.go("/first-run/school/")
    visit.page.get_by_label("Come si chiama la scuola?").fill("Scuola di Fidenza")
    visit.page.get_by_label("Come ti chiami?").fill("Lidia Neri")
    visit.page.get_by_label("Il tuo indirizzo mail").fill("lidia@example.org")
    visit.press()


def stale(visit: Visit) -> None:
    """Send a form whose token is no longer the browser's."""
    visit.go("/enter/password/")
    visit.page.context.clear_cookies()
    visit.fill(email=f"irene@{DOMAIN}", password="x")
    visit.press()


def signed_out(visit: Visit) -> None:
    """Send a form after the session has ended."""
    sign_in(visit, "marta")
    visit.go("/me/profile/")
    visit.page.context.clear_cookies(name=re.compile("session"))
    visit.page.locator("main form").last.get_by_role("button").last.click()
    visit.page.wait_for_load_state()


def unreadable(visit: Visit) -> None:
    """Send more fields than any page of ours has."""
    visit.go("/enter/")
    visit.fill(email=f"irene@{DOMAIN}")
    visit.page.locator("main form").first.evaluate(
        """form => { for (let n = 0; n < 1100; n++) {
            const one = document.createElement("input"); one.type = "hidden"; one.name = "x"; form.append(one); } }"""
    )
    visit.press()


def too_large(visit: Visit) -> None:
    """Choose a file that no page could take."""
    visit.go("/school/")
    with tempfile.NamedTemporaryFile(suffix=".png") as film:
        film.truncate(2 * 1024**3)
        visit.page.set_input_files("input[name=mark]", film.name)
        visit.press()


def broken(visit: Visit) -> None:
    """Look at a page whose table is gone for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE questions_blueprintline RENAME TO away")

    def back() -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO questions_blueprintline")

    visit.afterwards = back
    visit.go("/questions/")
