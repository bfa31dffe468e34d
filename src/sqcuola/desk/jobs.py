"""What the desk does by itself, in time."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sqcuola.desk import reminders
from sqcuola.kernel.jobs import every


@every(timedelta(hours=1), name="desk.remind", says=_("says by mail, the day before, what is due"))
def remind(at: datetime) -> None:
    """Remind whoever has something due within a day."""
    reminders.remind(at)
