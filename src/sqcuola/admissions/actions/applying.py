"""Begin an application and type it, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from sqcuola.admissions import queries, rules
from sqcuola.admissions.acts import ApplicationStarted
from sqcuola.admissions.forms import SectionForm
from sqcuola.admissions.models import Application, Draft
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts, ids
from sqcuola.people import handles
from sqcuola.people.models import Person, Profile

CODE = 6
TEST_CODE = 10
TRIES = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving a section. `clash`: the page was stale, and its text was kept aside."""

    draft: Draft
    form: SectionForm
    clash: bool


def begin(edition: Edition, *, by: Person, at: datetime) -> Application:
    """Begin an application, or return the one that was begun: a double click makes one."""
    rules.may_apply(by, edition, at).or_refuse()
    for _clash in range(TRIES):
        try:
            return _begin(edition, by, at)
        except IntegrityError:
            continue  # somebody has this code already: six letters are few
    return _begin(edition, by, at)


def _begin(edition: Edition, by: Person, at: datetime) -> Application:
    with transaction.atomic():
        application, made = Application.objects.get_or_create(
            edition=edition,
            person=by,
            defaults={"code": ids.code(CODE), "test_code": ids.code(TEST_CODE), "started_at": at},
        )
        if made:
            _begin_with_what_is_known(application, at)
            acts.record(ApplicationStarted(edition=edition.pk), by=by, at=at, scope=edition.scope, subject=by)
    return application


def _begin_with_what_is_known(application: Application, at: datetime) -> None:
    person = application.person
    profile = Profile.objects.filter(person=person).first() or Profile()
    known = {
        "name": person.name,
        "town": profile.town,
        "region": profile.region,
        "employer": profile.employer,
    }
    Draft.objects.create(
        application=application, section=Draft.Section.ABOUT, typed=known, version=0, saved_at=at
    )


def save_section(
    application: Application,
    section: str,
    typed: Mapping[str, str],
    *,
    version: int,
    by: Person,
    at: datetime,
    page: str = "",
) -> Saved:
    """Keep a section exactly as typed, valid or not, and say what can be mended.

    `version` is the one the page was made with, `page` its name. If another page saved a different text meanwhile,
    that one stands, and this one is kept aside until the person chooses.
    """
    rules.may_edit(by, application, at).or_refuse()
    form = queries.form_for(application, section, typed)
    form.full_clean()
    kept = {name: typed.get(name, "") for name in form.fields}
    with transaction.atomic():
        draft, made = Draft.objects.select_for_update().get_or_create(
            application=application,
            section=section,
            defaults={"typed": kept, "version": 1, "saved_at": at, "page": page},
        )
        if made:
            clash = version != 0
        elif draft.typed == kept:
            clash = False
        elif draft.version != version and not (page and draft.page == page):
            clash = True
            draft.aside = kept
            draft.save(update_fields=["aside"])
        else:
            clash = False
            _keep(draft, kept, at, page)
        if not clash and section == Draft.Section.ABOUT:
            _tell_the_profile(application, form.cleaned_data)
    return Saved(draft, form, clash)


def _keep(draft: Draft, typed: dict[str, str], at: datetime, page: str = "") -> None:
    draft.typed, draft.version, draft.aside = typed, draft.version + 1, {}
    draft.saved_at, draft.page = at, page
    draft.save(update_fields=["typed", "version", "aside", "saved_at", "page"])


def take_aside(draft: Draft, *, by: Person, at: datetime) -> None:
    """Choose the text that was kept aside: it becomes the section."""
    rules.may_edit(by, draft.application, at).or_refuse()
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.aside:
            _keep(locked, locked.aside, at)


def drop_aside(draft: Draft, *, by: Person, at: datetime) -> None:
    """Choose the text that was saved: what was kept aside goes."""
    rules.may_edit(by, draft.application, at).or_refuse()
    Draft.objects.filter(pk=draft.pk).update(aside={})


def _tell_the_profile(application: Application, good: Mapping[str, Any]) -> None:
    """Write at once, where they belong, the valid facts of who somebody is; none of them is judged."""
    person = application.person
    if good.get("name") and good["name"] != person.name:
        person.name = good["name"]
        person.handle = person.handle or handles.free(person.name)
        person.save(update_fields=["name", "handle"])
    facts = {field: good[field] for field in ("town", "region", "employer") if good.get(field)}
    if facts and not Profile.objects.filter(person=person).update(**facts):
        Profile.objects.update_or_create(person=person, defaults=facts)
    channel, born = good.get("channel", ""), good.get("born")
    if (channel, born) != (application.channel, application.born):
        application.channel, application.born = channel, born
        application.save(update_fields=["channel", "born"])
