"""Every url of the house. Each room names its own; this file says where each begins."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from sqcuola.config.machine import healthz
from sqcuola.config.tables.site import site
from sqcuola.ui import frame

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sqcuola.front.urls")),  # first: what most people open is found by the fewest tries
    path("", include("sqcuola.config.ui_urls")),
    path("", include("sqcuola.config.health.urls")),
    path("admin/", site.urls),
    path("", include("sqcuola.desk.urls")),
    path("e/<slug:slug>/", include("sqcuola.admissions.urls")),
    path("e/<slug:slug>/", include("sqcuola.classroom.urls")),
    path("", include("sqcuola.editions.urls")),
    path("", include("sqcuola.questions.urls")),
    path("read/", include("sqcuola.marking.urls")),
    path("healthz", healthz, name="healthz"),
    path("", include("sqcuola.notices.urls")),
    path("", include("sqcuola.people.urls")),
    path("", include("sqcuola.people.urls_safety")),
]

if settings.REHEARSAL:
    from sqcuola.config.rehearsal import switch

    urlpatterns.append(path("", include(switch)))
    frame.register_banner(switch.banner)

if settings.MAIL_EVENTS:
    from sqcuola.config import mail_events

    urlpatterns.append(
        path("hooks/mail/", include((mail_events.patterns(settings.MAIL_EVENTS), "mail_events")))
    )

handler400 = "sqcuola.kernel.errors.bad_request"
handler403 = "sqcuola.kernel.errors.denied"
handler404 = "sqcuola.kernel.errors.missing"
handler500 = "sqcuola.kernel.errors.broken"
