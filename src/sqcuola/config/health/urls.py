"""Addresses for who looks after the house. Not below /house/: styles lie there, open to everybody."""

from django.urls import path

from sqcuola.config.health import views

app_name = "config"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("health/jobs/<uuid:job>/again/", views.try_again, name="try_again"),
    path("health/jobs/<uuid:job>/leave/", views.leave_job, name="leave_job"),
    path("health/letters/<int:number>/again/", views.send_again, name="send_again"),
    path("health/letters/<int:number>/leave/", views.leave_letter, name="leave_letter"),
]
