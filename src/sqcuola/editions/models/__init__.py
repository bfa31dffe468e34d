"""The school, its editions, their phases, seats, roles, groups, and what is public of them."""

from sqcuola.editions.models.belonging import Bar, Group, Invitation, Membership, Role
from sqcuola.editions.models.edition import Change, Edition, Phase
from sqcuola.editions.models.public import Clarification, Figure, RulesVersion, Voice
from sqcuola.editions.models.school import FirstCode, School
from sqcuola.editions.models.seat import Seat

__all__ = [
    "Bar",
    "Change",
    "Clarification",
    "Edition",
    "Figure",
    "FirstCode",
    "Group",
    "Invitation",
    "Membership",
    "Phase",
    "Role",
    "RulesVersion",
    "School",
    "Seat",
    "Voice",
]
