"""Who may open the urls of `ui`, which `config` declares for it, and who looks after the house."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sqcuola.kernel import outbox
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.permissions import EVERYONE, Row

SETTLED = "This letter is settled"
RUNS = {"allowed": ("administrator",)}


def cast(cast):
    """Leave a job that failed, a letter that came back, and one that nobody need decide on."""
    cast.things["failed"] = DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": ["kernel.send-letter", [1]], "kwargs": {}},
        task_path="sqcuola.kernel.jobs.run",
        exception_class_path="OSError",
        finished_at=cast.at,
        run_after=timezone.now(),
    )
    for name in ("bounced", "sent"):
        letter = outbox.put(key=f"matrix:{name}", to="x@example.org", subject="S", text="T", at=cast.at)
        Outgoing.objects.filter(pk=letter.pk).update(state=name, sent_at=cast.at)
        cast.things[f"{name}_letter"] = letter


def job(cast):
    return {"job": cast.failed.pk}


def letter(cast):
    return {"number": cast.bounced_letter.pk}


def settled(cast):
    return {"number": cast.sent_letter.pk}


ROWS = [
    Row("healthz", allowed=EVERYONE),
    Row("ui:style", allowed=EVERYONE),
    Row("ui:sheet", allowed=EVERYONE, kwargs=lambda cast: {"name": "house.css"}),
    Row("ui:language", "POST", allowed=EVERYONE, data=lambda cast: {"language": "en", "next": "/"}),
    Row("config:health", **RUNS),
    Row("config:try_again", "POST", kwargs=job, **RUNS),
    Row("config:leave_job", "POST", kwargs=job, **RUNS),
    Row("config:send_again", "POST", kwargs=letter, **RUNS),
    Row("config:leave_letter", "POST", kwargs=letter, **RUNS),
    Row("config:leave_letter", "POST", kwargs=settled, denied={"administrator": SETTLED}, case="settled"),
    Row("config:send_again", "POST", kwargs=settled, denied={"administrator": SETTLED}, case="settled"),
]
