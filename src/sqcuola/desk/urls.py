"""My desk, and the cockpit of each edition."""

from django.urls import path

from sqcuola.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/calendar.ics", views.dates, name="calendar"),
    path("desk/news/", views.news, name="news"),
    path("desk/news/seen/", views.seen, name="seen"),
    path("desk/editions/", views.editions, name="editions"),
    path("e/<slug:slug>/cockpit/", views.cockpit, name="cockpit"),
    path("e/<slug:slug>/cockpit/applications/", views.applications, name="applications"),
    path("e/<slug:slug>/cockpit/applications/<int:number>/", views.application, name="application"),
    path("e/<slug:slug>/cockpit/applications/file/", views.applications_file, name="applications_file"),
    path("e/<slug:slug>/cockpit/acts/", views.acts, name="acts"),
]
