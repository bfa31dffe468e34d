"""The few urls of `ui`. Declared here, since `ui` and `kernel.access` stand on one floor and do not know each other."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from sqcuola.kernel.access import POST, anyone
from sqcuola.ui import views

app_name = "ui"
urlpatterns = [
    path("style/", anyone()(views.style), name="style"),
    path("house/<str:name>", anyone()(views.sheet), name="sheet"),
    # Public pages carry no form token, and all this changes is the language of one's own pages.
    path("language/", csrf_exempt(anyone(methods=POST)(views.language)), name="language"),
]
