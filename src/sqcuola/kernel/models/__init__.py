"""Rows that the whole house rests on, and that know no word of the product."""

from sqcuola.kernel.models.acts import Act, ActorCode

__all__ = ["Act", "ActorCode"]
