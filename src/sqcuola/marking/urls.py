"""Pages of who reads, below /read/."""

from django.urls import path

from sqcuola.marking import views

app_name = "marking"
urlpatterns = [
    path("<int:number>/", views.desk, name="desk"),
    path("<int:number>/close/", views.close, name="close"),
    path("<int:number>/<str:code>/", views.paper, name="paper"),
    path("<int:number>/<str:code>/hand-back/", views.hand_back, name="hand_back"),
]
