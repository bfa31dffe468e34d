from django.urls import path

from sqcuola.front import views
from sqcuola.front.first_run import views as first

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("first-run/", first.code, name="first_run"),
    path("first-run/school/", first.school, name="first_school"),
    path("first-run/mail/", first.mail, name="first_mail"),
    path("e/<slug:slug>/", views.edition, name="edition"),
    path("e/<slug:slug>/preview/", views.preview, name="preview"),
    path("e/<slug:slug>/rules/", views.rules, name="rules"),
    path("e/<slug:slug>/rules/<int:version>.json", views.rules_file, name="rules_file"),
    path("e/<slug:slug>/questions/", views.questions, name="questions"),
    path("e/<slug:slug>/card.png", views.share_card, name="card"),
    path("e/<slug:slug>/calendar.ics", views.dates, name="calendar"),
    path("e/<slug:slug>/news.atom", views.feed, name="feed"),
]
