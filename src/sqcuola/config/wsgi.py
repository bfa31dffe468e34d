"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from sqcuola.kernel.arriving import guarded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sqcuola.config.settings")

application = guarded(get_wsgi_application())

# What was made while starting stays for good: the collector need not walk over it at every turn.
gc.collect()
gc.freeze()
