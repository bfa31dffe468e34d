"""What a test is made of: its name, and a number for each category. How long one has is said where it is set for an edition."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.questions.actions.blueprints import Shape
from sqcuola.questions.models import Blueprint
from sqcuola.questions.queries.bank import Pool


class BlueprintForm(forms.Form):
    """One field for each category there is; empty takes none of it."""

    name = forms.CharField(label=_("What the test is called"), max_length=120)
    per_page = forms.IntegerField(
        label=_("Questions on a page"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("One at a time is best on a phone."),
    )
    policy = forms.ChoiceField(
        label=_("Who gets which questions"),
        choices=Blueprint.Policy.choices,
        widget=forms.RadioSelect,
        initial=Blueprint.Policy.EACH,
    )
    shuffle_options = forms.BooleanField(
        label=_("Mix the order of the answers for each person"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, pools: Sequence[Pool], blueprint: Blueprint | None = None, **kwargs: Any
    ) -> None:
        self.pools = {f"n{place}": pool for place, pool in enumerate(pools)}
        if blueprint is not None:
            kwargs["initial"] = self._initial(blueprint)
        super().__init__(*args, **kwargs)
        for name, pool in self.pools.items():
            self.fields[name] = forms.IntegerField(
                label=pool.label or str(pool.bank),
                required=False,
                min_value=0,
                max_value=min(pool.count, 200),
            )

    def _initial(self, blueprint: Blueprint) -> dict[str, Any]:
        lines = {(line.bank_id, line.category): line.count for line in blueprint.lines.all()}
        counts = {name: lines.get((pool.bank.pk, pool.category)) for name, pool in self.pools.items()}
        return {
            "name": blueprint.name,
            "per_page": blueprint.per_page,
            "policy": blueprint.policy,
            "shuffle_options": blueprint.shuffle_options,
            **counts,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for one question at least."""
        good = super().clean() or {}
        if not self.errors and not any(good.get(name) for name in self.pools):
            self.add_error(None, _("Choose at least one question from one category."))
        return good

    def rows(self) -> list[tuple[Pool, Any]]:
        """Return each category with its field."""
        return [(pool, self[name]) for name, pool in self.pools.items()]

    def shape(self) -> Shape:
        """Return what was asked for."""
        good = self.cleaned_data
        return Shape(
            name=good["name"],
            per_page=good["per_page"],
            policy=good["policy"],
            shuffle_options=good["shuffle_options"],
            counts={
                (pool.bank.pk, pool.category): good[name]
                for name, pool in self.pools.items()
                if good.get(name)
            },
        )
