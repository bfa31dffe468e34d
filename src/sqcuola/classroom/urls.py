"""Pages of a class, below /e/SLUG/."""

from django.urls import path

from sqcuola.classroom import views

app_name = "classroom"
urlpatterns = [
    path("class/", views.the_class, name="class"),
    path("class/invitation/", views.invitation, name="invitation"),
    path("class/invitation/answer/", views.answer, name="answer_invitation"),
    path("class/invitations/", views.invitations, name="invitations"),
    path("class/invitations/<int:number>/withdraw/", views.withdraw, name="withdraw_invitation"),
]
