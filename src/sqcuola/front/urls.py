from django.urls import path

from sqcuola.front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("e/<slug:slug>/", views.edition, name="edition"),
    path("e/<slug:slug>/rules/", views.rules, name="rules"),
    path("e/<slug:slug>/rules/<int:version>.json", views.rules_file, name="rules_file"),
    path("e/<slug:slug>/questions/", views.questions, name="questions"),
    path("e/<slug:slug>/card.png", views.share_card, name="card"),
    path("e/<slug:slug>/calendar.ics", views.dates, name="calendar"),
    path("e/<slug:slug>/news.atom", views.feed, name="feed"),
]
