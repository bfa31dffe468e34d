"""What search engines read of an edition: schema.org's Course, as JSON-LD."""

import json

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from sqcuola.editions import queries
from sqcuola.editions.models import Phase
from sqcuola.front.shown import EditionPage
from sqcuola.front.words import plain

# What would end the script element early, or open a comment in it.
_ESCAPED = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def course(page: EditionPage, request: HttpRequest) -> SafeString:
    """Return the description as JSON that may stand inside a script element."""
    edition = page.edition
    lessons = queries.phase(edition, Phase.Kind.CLASS)
    instance: dict[str, object] = {"@type": "CourseInstance", "courseMode": "Online"}
    if lessons:
        instance |= {"startDate": lessons.begins.isoformat(), "endDate": lessons.ends.isoformat()}
    instance["instructor"] = [{"@type": "Person", "name": one.name} for one in page.teachers]
    offer: dict[str, object] = {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "EUR"}
    if page.call:
        offer |= {"validFrom": page.call.begins.isoformat(), "validThrough": page.call.ends.isoformat()}
    whole = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": edition.title,
        "description": plain(edition.lead or edition.headline or edition.title),
        "url": settings.SITE_URL + request.path,
        "provider": {
            "@type": "EducationalOrganization",
            "name": page.school or "SQcuola",
        },
        "hasCourseInstance": instance,
        "offers": offer,
    }
    return mark_safe(json.dumps(whole, ensure_ascii=False).translate(_ESCAPED))
