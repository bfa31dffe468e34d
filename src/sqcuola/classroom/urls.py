"""Pages of a class, below /e/SLUG/."""

from django.urls import path

from sqcuola.classroom import views

app_name = "classroom"
urlpatterns = [path("class/", views.the_class, name="class")]
