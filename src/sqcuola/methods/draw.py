"""SQ1, the house's named generator: whoever has the seed draws the same again, in any language and on any machine.

Specified with test vectors in docs/methods.md. It is made to be checked, not to keep secrets: the seed is the secret.

    key       = SHA-256( "SQ1" 00 seed 00 label )          texts in UTF-8, 00 a zero byte
    block(i)  = SHA-256( key ‖ i as 8 bytes, big-endian )  i = 0, 1, 2, …
    words     = each block read as four unsigned 64-bit numbers, big-endian, in order
"""

import hashlib
from collections.abc import Iterator, Sequence

NAME = "SQ1"
WORD = 2**64


class Draw:
    """A stream of numbers that depends on its seed and label alone.

    One seed serves many draws without one disturbing another: give each its label ("questions", "options 17").
    """

    def __init__(self, seed: str, label: str = "") -> None:
        if "\0" in seed or "\0" in label:
            raise ValueError("Neither seed nor label may contain a zero byte.")
        self._key = hashlib.sha256(f"{NAME}\0{seed}\0{label}".encode()).digest()
        self._words = self._stream()

    def _stream(self) -> Iterator[int]:
        counter = 0
        while True:
            block = hashlib.sha256(self._key + counter.to_bytes(8, "big")).digest()
            for place in range(0, 32, 8):
                yield int.from_bytes(block[place : place + 8], "big")
            counter += 1

    def word(self) -> int:
        """Return the next unsigned 64-bit number of the stream."""
        return next(self._words)

    def below(self, limit: int) -> int:
        """Return a number from 0 up to, and not with, `limit`: each is as likely as any other.

        A word that is not below the greatest multiple of `limit` within 64 bits is thrown away and the next is taken.
        """
        if not 1 <= limit <= WORD:
            raise ValueError(f"The limit must be from 1 to 2^64, and is {limit}.")
        fair = WORD - WORD % limit
        while (word := self.word()) >= fair:
            pass
        return word % limit

    def sample[T](self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` of the items, none twice, in the order in which they were drawn.

        For i = 0, 1, … count-1: item i changes places with item i + below(n - i).
        """
        if not 0 <= count <= len(items):
            raise ValueError(f"{count} of {len(items)} items cannot be drawn.")
        pool = list(items)
        for place in range(count):
            other = place + self.below(len(pool) - place)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:count]

    def shuffle[T](self, items: Sequence[T]) -> list[T]:
        """Return all the items in a drawn order: a sample of the whole."""
        return self.sample(items, len(items))
