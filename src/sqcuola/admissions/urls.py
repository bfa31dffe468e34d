"""Pages of a selection, below /e/SLUG/."""

from django.urls import path

from sqcuola.admissions.views import applying

app_name = "admissions"
urlpatterns = [
    path("apply/", applying.apply, name="apply"),
    path("apply/check/", applying.check, name="check"),
    path("apply/withdraw/", applying.withdraw, name="withdraw"),
    path("apply/again/", applying.again, name="again"),
    path("apply/<slug:section>/", applying.section, name="section"),
    path("apply/<slug:section>/aside/", applying.aside, name="aside"),
]
