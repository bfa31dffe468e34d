"""What a mail provider tells us afterwards: which letters came back. There is a url for it only where its secret is configured."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, tracking
from anymail.urls import urlpatterns as offered
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path

from sqcuola.kernel import clock, outbox, reasons

# "Deferred" is not among them: the provider still tries, and says so each time.
ENDED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}


def patterns(provider: str) -> list[URLPattern]:
    """Return the one url that the provider calls. Raises ImproperlyConfigured for a provider that tells nothing."""
    wanted = f"{provider}_tracking_webhook"
    found = next((entry for entry in offered if entry.name == wanted), None)
    if found is None:
        raise ImproperlyConfigured(
            f"ANYMAIL_WEBHOOK_SECRET is set, but {provider} cannot tell what came back."
        )
    return [path(f"{provider}/", found.callback, name="came_back")]


def note(sender: Any, event: AnymailTrackingEvent, **_more: Any) -> None:  # noqa: ARG001 - the signal names it
    """Note that a letter came back. Told twice, it is noted once."""
    if event.event_type in ENDED:
        code = reasons.code_in(event.mta_response or event.description or "")
        outbox.came_back(
            " ".join(word for word in (event.event_type, event.reject_reason, code) if word),
            address=event.recipient or "",
            message_id=event.message_id or "",
            at=clock.now(),
        )


# The one signal of the house: it is the provider's library that speaks by it, and knows no other way.
tracking.connect(note, dispatch_uid="sqcuola.mail_events")
