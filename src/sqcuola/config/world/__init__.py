"""The one world: a named cast, plainly invented, that tests, stories and the demo share."""

from sqcuola.config.world.demo import build

__all__ = ["build"]
