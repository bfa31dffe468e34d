"""How every form of the house is rendered: labels and errors in words, what was typed kept."""

from django.forms import DateInput, DateTimeInput, TimeInput
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` through the house's own templates."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"


class DayInput(DateInput):
    """A day, picked with the reader's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(TimeInput):
    """A time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(DateTimeInput):
    """A day and a time, in the zone that the page names."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
