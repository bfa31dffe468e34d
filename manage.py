"""Django's own command line, for people who work on the code: `python manage.py shell`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sqcuola.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
