"""`sqcuola take-downs`: a line for each erased person, from which nobody can be read. Keep it beside the backups."""

import django

from sqcuola.config.asking import Parser


def main(arguments: list[str]) -> int:
    """Answer `sqcuola take-downs`."""
    parser = Parser(
        "take-downs",
        "Print a line for each erased person, from which nobody can be read: `sqcuola restore` keeps them erased.",
    )
    parser.parse_args(arguments)
    django.setup()
    from sqcuola.people.models import TakeDown  # noqa: PLC0415 - models need the settings

    for digest in TakeDown.objects.order_by("id").values_list("digest", flat=True):
        print(digest)  # noqa: T201 - the command line speaks by printing
    return 0
