"""The kinds of person that every house has. `kernel` has no urls of its own."""

from django.contrib.auth import get_user_model

ROWS = []


def cast(cast):
    people = get_user_model().objects
    cast.add("visitor")
    cast.add("stranger", people.create_user("stranger@example.org", "Rita Straniera", language="en"))
    administrator = people.create_user(
        "administrator@example.org", "Aldo Capo", is_administrator=True, language="en"
    )
    cast.add("administrator", administrator)
