"""System checks: the house does not start with a door that nobody has thought about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

KINDS = ("anyone", "signed in", "administrators")


@dataclass(frozen=True, slots=True)
class Door:
    """A url and the view behind it. `name` is what `reverse` takes, or the route of a url without a name."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def access(self) -> str | None:
        return getattr(self.view, "access", None)

    @property
    def methods(self) -> tuple[str, ...]:
        return getattr(self.view, "methods", ())


def doors(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[Door]:
    """Yield every url below a resolver."""
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Door(f"{namespace}{entry.name}" if entry.name else here, here, entry.callback)
        else:
            yield from doors(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, here)


def is_declared(name: str, declared: Mapping[str, str]) -> bool:
    """Say whether a third-party url is declared, by its name or by its whole namespace ("admin:*")."""
    return name in declared or f"{name.rpartition(':')[0]}:*" in declared


def urls_without_access(resolver: URLResolver, declared: Mapping[str, str]) -> list[str]:
    """Return the urls whose view carries no declaration and which `declared` (name → kind) does not name either."""
    return [
        door.name
        for door in doors(resolver)
        if (door.access is None or not door.methods) and not is_declared(door.name, declared)
    ]


@register(Tags.urls)
def every_url_has_an_access(app_configs: Any = None, **_options: Any) -> Sequence[CheckMessage]:  # noqa: ARG001 - Django hands it over
    """Fail on any url without a declaration, and on a declaration of no known kind."""
    declared: Mapping[str, str] = settings.DECLARED_URLS
    return [
        Error(
            f"The url {name} does not say who may come in.",
            hint="Put @anyone(), @signed_in() or @may(rule, on=query) on its view; third-party urls: config/access.py.",
            id="sqcuola.E001",
        )
        for name in urls_without_access(get_resolver(), declared)
    ] + [
        Error(f"config/access.py declares {name} as {kind!r}: none of {', '.join(KINDS)}.", id="sqcuola.E002")
        for name, kind in declared.items()
        if kind not in KINDS
    ]
