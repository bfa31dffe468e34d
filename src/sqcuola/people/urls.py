"""The addresses of the room. Names that begin with `mfa_` and `account_` are those allauth looks for."""

from django.urls import path

from sqcuola.people.views import address, again, enter, leaving, links, people
from sqcuola.people.views import me as mine

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
    path("me/", mine.mine, name="me"),
    path("me/profile/", mine.profile, name="profile"),
    path("me/privacy/", mine.privacy, name="privacy"),
    path("me/privacy/blocks/<int:number>/drop/", mine.drop_block, name="drop_block"),
    path("me/consents/", mine.agreements, name="consents"),
    path("me/address/", address.change, name="address"),
    path("me/address/code/", address.code, name="address_code"),
    path("me/join/", address.join, name="join"),
    path("me/join/code/", address.join_code, name="join_code"),
    path("me/join/confirm/", address.join_confirm, name="join_confirm"),
    path("me/data/", leaving.data, name="data"),
    path("me/data/copy/<int:number>/", leaving.copy, name="copy"),
    path("me/data/erase/", leaving.erase, name="erase"),
    path("erased/", leaving.erased, name="erased"),
    path("people/<slug:handle>/", people.page, name="page"),
    path("people/<slug:handle>/portrait/<int:number>/", people.portrait, name="portrait"),
    path("people/<slug:handle>/follow/", people.follow, name="follow"),
    path("people/<slug:handle>/unfollow/", people.unfollow, name="unfollow"),
    path("people/<slug:handle>/block/", people.block, name="block"),
    path("people/<slug:handle>/unblock/", people.unblock, name="unblock"),
]
