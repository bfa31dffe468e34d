r"""GIFT, the text format of Moodle.

Items stand between blank lines; `//` begins a comment line; `$CATEGORY:` names what follows. An item is `::title::[format]words{answers}words`.
In answers `=` is right, `~` is not, `%50%` half right, `#` begins a feedback, `####` the feedback of the whole, `->` joins a pair.
A backslash takes the meaning from `~ = # { } : \`, and `\n` is a line's end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqcuola.questions.formats import gift_answers
from sqcuola.questions.formats.gift_text import Words, find, unescaped
from sqcuola.questions.formats.items import MOST_ITEMS, Item, Loss, Refusal, Refused, Taken, checked

GAP = "_____"
LONGEST = 400  # lines: braces that are open for longer were forgotten
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)", re.IGNORECASE)
_TAG = re.compile(r"\[(id|tag):([^\]]*)\]")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")


@dataclass(slots=True)
class Block:
    """The lines of one item, without comments."""

    line: int
    text: str
    losses: list[Loss]


def parse(text: str) -> Iterator[Item]:
    """Yield what each item came to."""
    area = category = ""
    for count, block in enumerate(_blocks(text.split("\n"))):
        if count >= MOST_ITEMS:
            yield Refused(block.line, "too-many", str(MOST_ITEMS), block.text[:160])
            return
        words = block.text
        if match := _CATEGORY.match(words):
            area, category = _category(match[1])
            words = words[match.end() :].strip()
            if not words:
                continue
        try:
            yield replace(_item(block, words.strip()), area=area, category=category)
        except Refusal as refusal:
            excerpt = " ".join(block.text.split())[:160]
            yield Refused(block.line, refusal.why, refusal.detail, excerpt)


def _category(path: str) -> tuple[str, str]:
    """Return (area, category) of a path: its last part, and what stands above it."""
    parts = [unescaped(part).strip() for part in re.split(r"(?<!/)/(?!/)", path.strip())]
    parts = [part.replace("//", "/") for part in parts if part and not re.fullmatch(r"\$\w+\$|top", part)]
    return "/".join(parts[:-1])[:120], (parts[-1] if parts else "")[:120]


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the items. A blank line ends one, unless its braces are open; braces that never close end at the first."""
    place = 0
    while place < len(lines):
        if _is_words(lines[place]):
            end, blank = _end(lines, place)
            if blank >= 0:
                end = blank
            kept = [line for line in lines[place:end] if _is_words(line)]
            yield Block(place + 1, "\n".join(kept), _marks(lines, place, end))
            place = end
        else:
            place += 1


def _end(lines: list[str], start: int) -> tuple[int, int]:
    """Return the line after an item's last; and its first blank line, if its braces never close (else -1)."""
    depth, blank, place = 0, -1, start
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            if depth <= 0:
                return place, -1
            blank = place if blank < 0 else blank
        elif _is_words(line):
            if blank >= 0 and (line.startswith("::") or _CATEGORY.match(line) or place - start > LONGEST):
                break
            depth += _depth(line)
        place += 1
    return place, blank if depth > 0 else -1


def _is_words(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("//")


def _marks(lines: list[str], start: int, end: int) -> list[Loss]:
    """Return the ids and tags in the comments of an item, those just before it included: we have no place for them."""
    first = start
    while first > 0 and lines[first - 1].lstrip().startswith("//"):
        first -= 1
    comments = [line for line in lines[first:end] if line.lstrip().startswith("//")]
    return [Loss(match[1], match[2].strip()[:80]) for line in comments for match in _TAG.finditer(line)]


def _depth(line: str) -> int:
    depth, place = 0, 0
    while place < len(line):
        if line[place] == "\\":
            place += 2
            continue
        depth += {"{": 1, "}": -1}.get(line[place], 0)
        place += 1
    return depth


def _item(block: Block, text: str) -> Taken:
    title = ""
    if text.startswith("::"):
        end = find(text, "::", 2)
        if end < 0:
            raise Refusal("title-open")
        title, text = unescaped(text[2:end]).strip(), text[end + 2 :].lstrip()
    form = "moodle"
    if match := _FORMAT.match(text):
        form, text = match[1], text[match.end() :]
    start = find(text, "{")
    if start < 0:
        raise Refusal("no-answers" if find(text, "}") < 0 else "brace-open")
    end = find(text, "}", start + 1)
    if end < 0:
        raise Refusal("brace-open")
    before, body, after = text[:start], text[start + 1 : end], text[end + 1 :]
    if find(after, "{") >= 0:
        raise Refusal("two-gaps")
    losses = list(block.losses)
    stem = Words(_with_gap(before, after), form)
    kind, choices, feedback = gift_answers.read(body.strip(), form, losses)
    words, markup = stem.cleaned(losses)
    if len(title) > 200:
        losses.append(Loss("title-cut", title[200:280]))
    return checked(
        Taken(
            line=block.line,
            kind=kind,
            text=words,
            markup=markup,
            choices=tuple(choices),
            title=title[:200],
            feedback=feedback,
            losses=tuple(dict.fromkeys(losses)),
        )
    )


def _with_gap(before: str, after: str) -> str:
    """Return the words around the answers: what follows the braces makes them a gap, a full stop alone does not."""
    tail = after.strip()
    if not tail or (not tail.strip('.;:!?"”»') and before.rstrip()[-1:] in {"?", ".", ":"}):
        return before
    space = "" if tail[0] in ".,;:!?)" else " "
    return f"{before.rstrip()} {GAP}{space}{tail}"
