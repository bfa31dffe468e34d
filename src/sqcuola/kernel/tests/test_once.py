from datetime import UTC, datetime, timedelta

from sqcuola.kernel.once import once

AT = datetime(2027, 2, 8, tzinfo=UTC)


class Somebody:
    pass


def test_the_same_person_and_instant_are_read_once():
    read = []

    @once
    def things(person, at):
        read.append((person, at))
        return len(read)

    @once
    def others(person, at):
        return "others"

    ada, bice = Somebody(), Somebody()
    assert [things(ada, AT), things(ada, AT)] == [1, 1]
    assert others(ada, AT) == "others"
    assert things(ada, AT + timedelta(seconds=1)) == 2
    assert things(bice, AT) == 3
    assert things(Somebody(), AT) == 4
