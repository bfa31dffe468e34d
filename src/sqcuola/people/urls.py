"""The addresses of the room. Names that begin with `mfa_` and `account_` are those allauth looks for."""

from django.urls import path

from sqcuola.people.views import again, enter, links

app_name = "people"
urlpatterns = [
    path("enter/", enter.enter, name="enter"),
    path("enter/code/", enter.code, name="code"),
    path("enter/another/", enter.another, name="another_code"),
    path("enter/link/<str:token>/", enter.link_code, name="link_code"),
    path("enter/name/", enter.name, name="name"),
    path("enter/password/", enter.password, name="password"),
    path("enter/again/", again.again, name="again"),
    path("leave/", enter.leave, name="leave"),
    path("l/<str:token>/", links.link, name="link"),
]
