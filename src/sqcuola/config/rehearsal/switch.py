"""What a server opens in a rehearsal to whoever holds the key: its clock, its outbox, and whether its acts hold.

SQCUOLA_REHEARSAL=1 turns it on, never with production settings; SQCUOLA_REHEARSAL_KEY is the shared secret. All
processes of the server follow one file beside the data, so that they agree on what time it is.
"""

import hmac
import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from sqcuola.config import env
from sqcuola.config.rehearsal import mode
from sqcuola.config.rehearsal.signing import ANSWERED, SIGNATURE, signature
from sqcuola.kernel import acts, clock, outbox, working
from sqcuola.kernel.access import anyone
from sqcuola.kernel.requests import Request

PAGE = 200


def clock_file() -> Path:
    """Return the file that holds the seconds by which this server's clock is ahead."""
    return Path(settings.HOME) / mode.CLOCK


def _holds_the_key(request: Request) -> bool:
    key = env.text("SQCUOLA_REHEARSAL_KEY")
    expected = signature(key, request.method or "", request.get_full_path(), request.body)
    return bool(key) and hmac.compare_digest(expected.encode(), request.headers.get(SIGNATURE, "").encode())


def _signed(request: Request, answer: HttpResponse) -> HttpResponse:
    """Sign what is answered: whoever asked learns that this server, too, holds the key."""
    key = env.text("SQCUOLA_REHEARSAL_KEY")
    answer[SIGNATURE] = signature(key, ANSWERED, request.get_full_path(), answer.content)
    return answer


@csrf_exempt
@anyone(methods=("GET", "POST"))
def set_clock(request: Request) -> HttpResponse:
    """Say what time it is, and how much the worker has still to do; moved by POST {"at": ISO 8601 with zone}."""
    if not _holds_the_key(request):
        raise Http404
    if request.method == "POST":
        wanted = datetime.fromisoformat(json.loads(request.body)["at"])
        ahead = clock.ahead(wanted) / timedelta(seconds=1)
        fresh = clock_file().with_suffix(".new")
        fresh.write_text(repr(ahead), encoding="ascii")
        fresh.replace(clock_file())
    return _signed(
        request, JsonResponse({"at": clock.now().isoformat(), "due": working.pending(clock.now())})
    )


@anyone()
def read_outbox(request: Request) -> HttpResponse:
    """Return letters after a number, oldest first: what a person would find in the mailbox."""
    if not _holds_the_key(request):
        raise Http404
    after = int(request.GET.get("after", "0"))
    letters = outbox.after(after, limit=PAGE)
    return JsonResponse({"letters": [
        {"id": row.pk, "to": row.to, "subject": row.subject, "text": row.text} for row in letters
    ]})  # fmt: skip


@anyone()
def verify_acts(request: Request) -> HttpResponse:
    """Seal what was done, walk the chain from the first act, and say where it breaks: nowhere is ''."""
    if not _holds_the_key(request):
        raise Http404
    acts.seal(clock.now())
    broken = acts.verify()
    return JsonResponse({
        "acts": acts.newest().seq, "broken": f"act {broken.seq}: {broken.why}" if broken else ""
    })  # fmt: skip


urlpatterns: list[URLPattern] = [
    path("rehearsal/clock/", set_clock, name="rehearsal-clock"),
    path("rehearsal/outbox/", read_outbox, name="rehearsal-outbox"),
    path("rehearsal/acts/", verify_acts, name="rehearsal-acts"),
]


def banner() -> str:
    """Say on every page that nothing here is real."""
    return _("This is a rehearsal: the people are invented and the clock is moved by hand.")
