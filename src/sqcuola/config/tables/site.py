"""The site at /admin/: closed like every other page of the house, and every list in it only to be read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from sqcuola.config.tables.shown import SHOWN, Shown
from sqcuola.kernel.access import READ, may
from sqcuola.people.models import Person
from sqcuola.people.rules import may_administer

KEPT = {"index", "app_list"}  # its own sign-in, password and history pages are not ours


class Tables(admin.AdminSite):
    """Django's admin with the house's door before each page."""

    site_header = _("The tables")
    site_title = "SQcuola"
    index_title = _("What stands in the tables")
    index_template = "config/tables/index.html"
    site_url = "/health/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Say yes to administrators; the door has asked before, and says why to the others."""
        return isinstance(request.user, Person) and request.user.has_perm("")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """Put the house's door before a page: hidden from whoever is no administrator, to be read only."""
        inner = super().admin_view(view, cacheable)

        door = may(may_administer, methods=READ)(inner)

        @wraps(inner)  # declared as others' urls are: config/access.py
        def guarded(request: HttpRequest, **kwargs: Any) -> Any:
            return door(request, **kwargs)

        return guarded

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the first page, a page a room, a list a table."""
        return [url for url in super().get_urls() if isinstance(url, URLResolver) or url.name in KEPT]


class Table(admin.ModelAdmin[Any]):
    """One table: a list and nothing else."""

    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    actions = None
    ordering = ("-pk",)
    without: Callable[[], Q]

    def get_urls(self) -> list[URLPattern]:
        """Return the list alone."""
        options = self.opts
        name = f"{options.app_label}_{options.model_name}_changelist"
        return [path("", self.admin_site.admin_view(self.changelist_view), name=name)]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the list under the table's name: there is nothing to select."""
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that are shown."""
        found, left_out = super().get_queryset(request), self.without()
        return found.exclude(left_out) if left_out else found

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django asks so
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, *_asked: Any) -> bool:
        return False

    def has_change_permission(self, *_asked: Any) -> bool:
        return False

    def has_delete_permission(self, *_asked: Any) -> bool:
        return False


def table(shown: Shown) -> type[Table]:
    """Return the admin of one table."""
    return type(
        f"{shown.model.__name__}Table",
        (Table,),
        {
            "list_display": shown.columns,
            "search_fields": shown.search,
            "list_filter": shown.narrow,
            "without": staticmethod(shown.without),
        },
    )


site = Tables(name="admin")
for one in SHOWN:
    site.register(one.model, table(one))
