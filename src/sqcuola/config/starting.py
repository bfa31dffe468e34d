"""What stands before serving: databases brought up to date, a key, the one-time code of an empty installation."""

import secrets
import sys

from sqcuola.config import env
from sqcuola.config.asking import Parser


def main(arguments: list[str]) -> int:
    """Answer `sqcuola init`."""
    parser = Parser("init", "Prepare this folder for a school: databases, key, the code of the first page.")
    parser.parse_args(arguments)
    if env.mode() == "production" and not env.text("SQCUOLA_SECRET_KEY"):
        say("In production the key comes from the environment. This one has never been used:")
        say(f"SQCUOLA_SECRET_KEY={secrets.token_urlsafe(50)}")
        return 1
    prepare()
    from django.conf import settings  # noqa: PLC0415 - prepare() made it readable

    say(f"Everything this school keeps is in {settings.HOME}.")
    if code := first_run_code():
        say(f"There is no school yet. Its first page asks for this code, once: {code}")
    say("Now: sqcuola serve")
    return 0


def prepare() -> None:
    """Bring every database up to date and, in production, collect what browsers fetch."""
    import django  # noqa: PLC0415 - reads the settings, which init looks at first
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    migrate()
    if settings.PRODUCTION:
        call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()


def migrate() -> None:
    """Bring every database up to date, each with the apps that have something in it."""
    from django.conf import settings  # noqa: PLC0415 - after the mode is set
    from django.core.management import call_command  # noqa: PLC0415

    from sqcuola.config.routers import migrated_in  # noqa: PLC0415 - reads the settings

    for alias in settings.DATABASES:
        call_command("migrate", *migrated_in(alias), database=alias, verbosity=0, interactive=False)


def first_run_code() -> str:
    """Return a new one-time code when there is no school yet, else ''. Whatever was printed before opens nothing any more."""
    from sqcuola.front import first_run  # noqa: PLC0415 - models need the settings
    from sqcuola.kernel import clock  # noqa: PLC0415

    return first_run.code(clock.now())


def first_run(first_page: str) -> str:
    """Return what to say where there is no school yet: a new code for its first page, or when the one that stands was printed.

    A code that `sqcuola init` printed a moment ago is not made worthless by serving; only its digest is kept, so it cannot
    be said again. '' once there is a school.
    """
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from sqcuola.front import first_run as opening  # noqa: PLC0415 - models need them
    from sqcuola.kernel import clock  # noqa: PLC0415

    if (since := opening.printed(clock.now())) is not None:
        when = f"{timezone.localtime(since):%Y-%m-%d, %H:%M %Z}"
        return (
            f"There is no school yet: open {first_page} and give the code that was printed here on {when}. "
            "Is it lost? `sqcuola init` prints another."
        )
    code = first_run_code()
    return f"There is no school yet: open {first_page} and give this code, once: {code}" if code else ""


def say(sentence: str) -> None:
    print(sentence, file=sys.stdout, flush=True)  # noqa: T201 - the command line speaks by printing
