"""A person, whoever it is: applicant, reader, juror by link, coordinator. Everyone is one row here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.kernel import clock, ids


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", **fields: object) -> "Person":
        """Create a person who signs in by code: no password until they set one."""
        person = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """An account and the name it goes by. Facts of a life (town, employer) stand in Profile."""

    email = models.EmailField(_("mail address"), unique=True)
    handle = models.SlugField(
        _("short name for your page"), max_length=40, unique=True, null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("it", "Italiano"), ("en", "English")], default="it"
    )
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    joined = models.DateTimeField(default=clock.now)
    # Random, never shown: only its digest stands on the take-down list.
    mark = models.CharField(max_length=43, unique=True, default=ids.token, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    # What happened up to here is no news any more: they said that they have seen it.
    news_seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = pgettext_lazy("a table", "person")
        verbose_name_plural = pgettext_lazy("a table", "people")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or str(_("someone without a name"))

    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    def has_perm(self, _perm: str, _thing: object = None) -> bool:
        """Answer Django's admin, which only administrators open. The house asks rules, never this."""
        return self.is_active and self.is_administrator

    def has_module_perms(self, _label: str) -> bool:
        return self.is_active and self.is_administrator


class FormerAddress(models.Model):
    """An address a person had before, or of an account that became part of theirs: erasing reaches it too."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    until = models.DateTimeField()
    # Of an account that became part of this one, what stands on the take-down list once the person is erased: in an
    # older backup it is an account of its own.
    take_down = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.email


class Device(models.Model):
    """A session that is open somewhere, in words its owner recognises. No address of the network is kept."""

    class Way(models.TextChoices):
        CODE = "code", _("with a code by mail")
        LINK = "link", _("with the link in a mail")
        PASSWORD = "password", _("with the password")
        PASSKEY = "passkey", _("with a passkey")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=10, choices=Way)
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.browser} {self.system}".strip()
