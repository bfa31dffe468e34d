from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarkingConfig(AppConfig):
    name = "sqcuola.marking"
    label = "marking"
    verbose_name = _("Marking")
