"""The addresses of the room."""

from django.urls import path

from sqcuola.notices.views import editing, reading, taking, writing

app_name = "notices"
urlpatterns = [
    path("notices/", reading.every, name="all"),
    path("notices/seen/", reading.see_all, name="see_all"),
    path("notices/preferences/", reading.preferences, name="preferences"),
    path("notices/<int:number>/open/", reading.open_one, name="open"),
    path("e/<slug:slug>/texts/", editing.every, name="texts"),
    path("e/<slug:slug>/texts/<str:key>/", editing.one, name="text"),
    path("e/<slug:slug>/texts/<str:key>/ours/", editing.ours, name="ours"),
    path("e/<slug:slug>/write/", writing.every, name="write_all"),
    path("e/<slug:slug>/write/<slug:key>/", writing.write, name="write"),
    path("e/<slug:slug>/write/<slug:key>/file/", taking.people_file, name="people_file"),
    path("e/<slug:slug>/letters/<int:number>/file/", taking.receivers_file, name="receivers_file"),
    path("e/<slug:slug>/letters/<int:number>/", writing.message, name="message"),
    path("e/<slug:slug>/letters/<int:number>/back/", writing.take_back, name="take_back"),
]
