"""Who may open the desk and the cockpits. The editions are those of `admissions`."""

from sqcuola.kernel.permissions import MEMBERS, Row

KEEPER = {"keeper of papers": "Only who coordinates"}


def in_open(cast):
    return {"slug": "adm-open"}


def one_application(cast):
    return {"slug": "adm-open", "number": cast.application.pk}


ROWS = [
    Row("desk:desk", allowed=MEMBERS),
    Row("desk:calendar", allowed=MEMBERS),
    Row("desk:news", allowed=MEMBERS),
    Row("desk:seen", "POST", allowed=MEMBERS),
    Row("desk:editions", allowed=("administrator",)),
    Row("desk:cockpit", allowed=("coordinator",), denied=KEEPER, kwargs=in_open),
    Row("desk:applications", allowed=("coordinator",), denied=KEEPER, kwargs=in_open),
    Row("desk:application", allowed=("coordinator",), denied=KEEPER, kwargs=one_application),
    Row(
        "desk:applications_file", "POST", answers=200, allowed=("coordinator",), denied=KEEPER, kwargs=in_open
    ),
    Row("desk:acts", allowed=("coordinator",), denied=KEEPER, kwargs=in_open),
]
