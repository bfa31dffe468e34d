"""Every act that a person may be told of can be narrowed to, and said in one line with its like."""

import pytest

from sqcuola.kernel.acts import declare


def lacking(verbs):
    """Return the names of verbs that somebody may be told of, and that lack a topic or a line for many."""
    return [verb.name for verb in verbs if verb.audience != "nobody" and not (verb.topic and verb.many)]


def test_every_verb_has_a_topic_and_a_line_for_many():
    verbs = [verb for verb in declare.verbs() if verb.payload.__module__.startswith("sqcuola.")]

    assert len(verbs) > 30
    assert lacking(verbs) == []


@pytest.mark.parametrize(("audience", "found"), [("staff", ["bare"]), ("nobody", [])])
def test_a_verb_without_them_is_found(audience, found):
    assert lacking([declare.Verb("bare", object, {}, audience, "")]) == found
