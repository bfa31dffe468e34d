"""What the installation itself does and keeps a record of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.acts import verb


@verb("backup-made", audience="staff", sentence=_("A backup was made: {files} files"))
@dataclass(frozen=True, slots=True)
class BackupMade:
    files: int
    size: int


@verb(
    "backup-restored", audience="staff", sentence=_("The school was brought back from a backup of {made_at}")
)
@dataclass(frozen=True, slots=True)
class BackupRestored:
    made_at: datetime
