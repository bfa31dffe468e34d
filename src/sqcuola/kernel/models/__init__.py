"""Rows that the whole house rests on, and that know no word of the product."""

from sqcuola.kernel.models.acts import Act, ActorCode
from sqcuola.kernel.models.files import PartialFile, StoredFile
from sqcuola.kernel.models.jobs import ScheduleRun
from sqcuola.kernel.models.mail import Outgoing
from sqcuola.kernel.models.search import SearchEntry

__all__ = ["Act", "ActorCode", "Outgoing", "PartialFile", "ScheduleRun", "SearchEntry", "StoredFile"]
