"""The rows of the room, a file a topic."""

from sqcuola.people.models.account import Device, FormerAddress, Person
from sqcuola.people.models.consent import Consent
from sqcuola.people.models.entering import Link, Purpose, Rescue, RescueVoice, SignInCode, Tally
from sqcuola.people.models.erasure import Export, TakeDown
from sqcuola.people.models.evidence import Evidence
from sqcuola.people.models.network import Block, Follow
from sqcuola.people.models.profile import Competence, FieldPrivacy, PersonCompetence, Profile

__all__ = [
    "Block",
    "Competence",
    "Consent",
    "Device",
    "Evidence",
    "Export",
    "FieldPrivacy",
    "Follow",
    "FormerAddress",
    "Link",
    "Person",
    "PersonCompetence",
    "Profile",
    "Purpose",
    "Rescue",
    "RescueVoice",
    "SignInCode",
    "TakeDown",
    "Tally",
]
