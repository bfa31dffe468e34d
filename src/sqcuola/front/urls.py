from django.urls import path

from sqcuola.front import views

app_name = "front"
urlpatterns = [path("", views.home, name="home")]
