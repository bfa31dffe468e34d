"""The cache in Redis: shared, sealed, and never needed."""

import hashlib
import logging
import pickle
import socket
import time
from dataclasses import dataclass

import pytest
from redis.exceptions import ResponseError

from sqcuola.kernel import shared_cache as ours
from sqcuola.kernel import silence as pauses
from sqcuola.kernel.shared_cache import SharedCache, silence


@dataclass(frozen=True)
class Value:
    words: str


def another(redis, prefix="sqcuola:test"):
    """Return the cache as another machine has it."""
    return SharedCache([redis.url], {"KEY_PREFIX": prefix})


def raw(cache):
    return cache._cache.get_client(write=True)


def close(cache):
    cache._cache._get_connection_pool(write=True).disconnect()


def touched(seal):
    """Return a seal with one bit turned: a fixed byte could be the one that stands there."""
    return seal[:-1] + bytes([seal[-1] ^ 1])


class TestWhileItAnswers:
    def test_what_one_machine_keeps_another_finds(self, shared_cache, redis):
        other = another(redis)
        shared_cache.set("a", Value("ciao"), 60)
        shared_cache.set_many({"b": 1, "c": True, "d": None}, 60)

        assert other.get("a") == Value("ciao")
        assert other.get_many(["b", "c", "d", "e"]) == {"b": 1, "c": True, "d": None}
        assert (other.has_key("a"), other.has_key("e"), other.touch("a", 9)) == (True, False, True)
        assert (other.add("b", 5), other.add("f", 5), other.get("f")) == (False, True, 5)
        other.delete("a")
        other.delete_many(["b", "c"])
        assert shared_cache.get_many(["a", "b", "c"]) == {}
        close(other)

    def test_a_value_ends(self, shared_cache):
        shared_cache.set("a", Value("ciao"), 60)

        assert 0 < raw(shared_cache).ttl(shared_cache.make_key("a")) <= 60

    def test_another_version_or_school_finds_nothing(self, shared_cache, redis):
        other = another(redis, "sqcuola:next")
        shared_cache.set("a", 1, 60)

        assert other.get("a") is None
        close(other)

    @pytest.mark.parametrize("change", ["touched", "bare", "of another key"])
    def test_what_somebody_else_wrote_is_not_unpacked(self, shared_cache, settings, change, caplog):
        opened = []
        Trap.sprung = opened.append
        packed = pickle.dumps(Trap())
        content = {
            "touched": touched(ours._seal(packed)) + packed,
            "bare": packed,
            "of another key": hashlib.sha256(packed).digest() + packed,
        }[change]
        raw(shared_cache).set(shared_cache.make_key("a"), content)

        assert (shared_cache.get("a", "nothing"), shared_cache.get_many(["a"]), opened) == ("nothing", {}, [])
        shared_cache.set("b", 7)
        assert shared_cache.get("b") == 7  # and what is ours is still asked for
        pickle.loads(packed)
        assert opened == ["sprung"]  # the trap works

    def test_what_an_older_version_kept_without_its_name_is_not_there(self, shared_cache):
        for kept in (None, 7, "ab", ("a",), ("a", 1, 2)):
            raw(shared_cache).set(shared_cache.make_key("a"), ours.Sealed().dumps(kept))

            assert (shared_cache.get("a", "nothing"), shared_cache.get_many(["a"])) == ("nothing", {})

    def test_neither_a_bare_number_nor_what_was_kept_under_another_name_is_taken_for_a_value(
        self, shared_cache
    ):
        shared_cache.set("people.second-factor:1", 1)
        kept = raw(shared_cache).get(shared_cache.make_key("people.second-factor:1"))
        for content in (b"1", kept):
            raw(shared_cache).set(shared_cache.make_key("people.second-factor:2"), content)

            assert shared_cache.get("people.second-factor:2") is None
            assert shared_cache.get_many(["people.second-factor:2"]) == {}
        assert shared_cache.get("people.second-factor:1") == 1

    def test_what_this_version_cannot_read_is_not_there(self, shared_cache, monkeypatch):
        shared_cache.set("a", Value("ciao"), 60)
        monkeypatch.delattr(f"{__name__}.Value")

        assert shared_cache.get("a") is None


class Trap:
    sprung = None

    def __reduce__(self):
        return _spring, ()


def _spring():
    Trap.sprung("sprung")


class TestWhileItDoesNot:
    def everything(self, cache):
        return [
            cache.get("a", "nothing"), cache.get_many(["a"]), cache.has_key("a"), cache.set("a", 1),
            cache.add("a", 1), cache.touch("a"), cache.delete("a"), cache.delete_many(["a"]),
            cache.set_many({"a": 1}), cache.get_or_set("a", 3),
        ]  # fmt: skip

    EMPTY = ["nothing", {}, False, None, True, False, False, None, ["a"], 3]

    def test_nothing_is_found_and_nothing_breaks(self, shared_cache, redis):
        shared_cache.set("a", 1)
        redis.end()

        assert self.everything(shared_cache) == self.EMPTY

    def test_it_is_said_once_a_minute_without_a_key(self, shared_cache, redis, caplog, monkeypatch):
        redis.end()
        with caplog.at_level(logging.WARNING, logger="sqcuola"):
            for _time in range(3):
                shared_cache.get("desk.places:7")
                silence.until = 0.0
            now = time.monotonic()
            monkeypatch.setattr(pauses.time, "monotonic", lambda: now + pauses.SAID)
            shared_cache.get("desk.places:7")

        assert len(caplog.records) == 2
        assert "desk.places" not in caplog.text
        assert caplog.records[0].getMessage().startswith("the shared cache does not answer")

    def test_one_that_hangs_is_waited_for_once(self, settings):
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            cache = SharedCache([f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"], {})
            silence.end()
            began = time.monotonic()
            assert self.everything(cache) == self.EMPTY
            assert time.monotonic() - began < 4 * ours.PATIENCE
            close(cache)
            silence.end()

    def test_it_is_asked_again_and_found(self, shared_cache, redis):
        shared_cache.set("a", 1)
        redis.end()
        assert shared_cache.get("a") is None
        redis.begin()
        assert shared_cache.get("a") is None  # not yet
        silence.until = time.monotonic()
        shared_cache.set("a", 2)
        assert (shared_cache.get("a"), shared_cache.answers()) == (2, True)

    def test_a_line_that_was_closed_meanwhile_is_opened_anew(self, shared_cache, redis):
        shared_cache.set("a", 1)
        redis.end()
        redis.begin()
        shared_cache.set("a", 2)

        assert shared_cache.get("a") == 2

    def test_one_that_is_full_is_still_read(self, shared_cache, monkeypatch):
        shared_cache.set("a", 1)

        def full(*_arguments):
            raise ResponseError("OOM command not allowed when used memory > 'maxmemory'.")

        monkeypatch.setattr(shared_cache._cache, "set", full)
        shared_cache.set("b", 2)
        assert (shared_cache.get("b"), shared_cache.get("a")) == (None, 1)

    def test_a_wrong_password_is_silence_too(self, shared_cache, redis):
        cache = SharedCache([redis.url.replace("//", "//:wrong@")], {})

        assert (cache.get("a", "nothing"), cache.answers(), shared_cache.answers()) == (
            "nothing",
            False,
            True,
        )
