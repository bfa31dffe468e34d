"""Acts: what was done, by whom, when. Recorded in the transaction of the change, sealed into one chain.

The face of the package: rooms import from here and look no further.
"""

from sqcuola.kernel.acts.chain import (
    WALK,
    Break,
    ChainError,
    Head,
    head,
    newest,
    newest_hash,
    proof,
    seal,
    shortened,
    verify,
    waiting,
)
from sqcuola.kernel.acts.declare import Topic, receiver, told_by_day, topics, verb, verb_named
from sqcuola.kernel.acts.forgetting import forget, join
from sqcuola.kernel.acts.recording import HOUSE, SYSTEM, code_of, record
from sqcuola.kernel.acts.show import newest_first, told_at, visible
from sqcuola.kernel.acts.wording import register_name, sentences, summary, with_names
from sqcuola.kernel.audiences import EVERYWHERE, listed, register_audience
from sqcuola.kernel.models import Act, ActorCode

__all__ = [
    "EVERYWHERE",
    "HOUSE",
    "SYSTEM",
    "WALK",
    "Act",
    "ActorCode",
    "Break",
    "ChainError",
    "Head",
    "Topic",
    "code_of",
    "forget",
    "head",
    "join",
    "listed",
    "newest",
    "newest_first",
    "newest_hash",
    "proof",
    "receiver",
    "record",
    "register_audience",
    "register_name",
    "seal",
    "sentences",
    "shortened",
    "summary",
    "told_at",
    "told_by_day",
    "topics",
    "verb",
    "verb_named",
    "verify",
    "visible",
    "waiting",
    "with_names",
]
