"""Who may come in to urls that others wrote: each by its name (or "namespace:*") and a kind.

Kinds: "anyone", "signed in", "administrators". Our own views say it themselves (kernel.access); a system check fails on
a url that does neither.
"""

DECLARED: dict[str, str] = {
    # The provider's machine shows the secret of ANYMAIL_WEBHOOK_SECRET, and signs where it can; without the secret there is no url.
    "mail_events:*": "anyone",
    # Django's admin, behind the house's own door: config/tables/site.py.
    "admin:*": "administrators",
}
