"""Beginnings: what an edition is like before anybody has decided anything. One starting day fills every date."""

from sqcuola.editions.presets.beginnings import PRESETS, Preset, offered
from sqcuola.editions.presets.planning import Answers, Choice, Plan, plan, plan_copy

__all__ = ["PRESETS", "Answers", "Choice", "Plan", "Preset", "offered", "plan", "plan_copy"]
