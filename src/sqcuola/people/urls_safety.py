"""The ways in of a person, under the names that allauth looks for: outside the room's own namespace."""

from django.urls import path

from sqcuola.people.views import again, enter, rescue, safety

urlpatterns = [
    path("enter/", enter.enter, name="account_login"),
    path("enter/again/", again.again, name="account_reauthenticate"),
    path("enter/second/", safety.authenticate, name="mfa_authenticate"),
    path("enter/passkey/", safety.passkey_login, name="mfa_login_webauthn"),
    path("enter/second/help/", rescue.ask, name="ask_rescue"),
    path("me/safety/rescues/", rescue.answer, name="rescues"),
    path("me/safety/rescues/stop/", rescue.stop, name="stop_rescue"),
    path("me/safety/", safety.safety, name="mfa_index"),
    path("me/safety/app/", safety.activate_totp, name="mfa_activate_totp"),
    path("me/safety/app/remove/", safety.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/safety/passkey/", safety.add_passkey, name="mfa_add_webauthn"),
    path("me/safety/passkey/<int:pk>/remove/", safety.remove_passkey, name="mfa_remove_webauthn"),
    path("me/safety/recovery/", safety.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/safety/recovery/new/", safety.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/safety/password/", safety.new_password, name="new_password"),
    path("me/safety/password/drop/", safety.drop_password, name="drop_password"),
    path("me/safety/devices/<int:number>/end/", safety.end_device, name="end_device"),
    path("me/safety/devices/end/", safety.end_other_devices, name="end_other_devices"),
]
