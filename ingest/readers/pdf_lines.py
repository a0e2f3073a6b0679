"""Words of a page to lines in the order a person reads, two-column heads block by block."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.readers.legacy import TCVN3, Run, decode
from ingest.readers.pdf_page import Box, Word
from ingest.readers.words import neat

_COLUMN_GAP = 2.0
"""Gap, in heights of a letter, that parts two columns."""
_SPACE_GAP = 0.35
_SAME_LINE = 0.45
_FAR_BELOW = 3.0
_ALIGNED = 4.0
_CROWDED = 0.35
_RECIPIENTS = re.compile(r"N\S+i nh\S+n:", re.IGNORECASE)
"""“Nơi nhận:” stands beside a signature, which is not its value."""
_ADDRESSED = re.compile(r"K\S*nh(?: \S+)? g\S+i", re.IGNORECASE)
"""“Kính gửi” opens the letter's text: the head's two columns end above it."""
_MAIMED = re.compile(
    "(?<!u\u031b)o\u031b[\u0300\u0301\u0303\u0309\u0323]?(?:c|ng)\\b", re.IGNORECASE
)


@dataclass(slots=True)
class Stretch:
    """Words side by side on one line."""

    words: list[Word]
    box: Box

    @property
    def bold(self) -> bool:
        """Every word is bold."""
        return all(word.bold for word in self.words)

    def add(self, words: Iterable[Word]) -> None:
        """Let it grow to the right."""
        for word in words:
            self.words.append(word)
            self.box = self.box.with_(word.box)


@dataclass(slots=True)
class Written:
    """The words of one file made text, with what was learnt about how they were typed."""

    assumed: str | None = None
    """The encoding that prevails, where fonts tell nothing."""
    legacy: set[str] = field(default_factory=set[str])
    maimed: int = 0
    """TCVN3 words without their “ư”: “ơc” and “ơng” end no Vietnamese word."""

    def text(self, words: Iterable[Word]) -> str:
        """The words of a line in Unicode, a space between them."""
        text, schemes = decode(_runs(words), self.assumed)
        self.legacy |= schemes
        if TCVN3 in schemes:
            self.maimed += len(_MAIMED.findall(unicodedata.normalize("NFD", text)))
        return neat(text)


def _runs(words: Iterable[Word]) -> Iterator[Run]:
    first = True
    for word in words:
        if not first:
            yield Run(" ", word.runs[0].font)
        yield from word.runs
        first = False


def stretches(words: Iterable[Word]) -> list[Stretch]:
    """Words that follow one another in the file and on the line.

    Two columns printed side by side are two stretches even where they almost touch, because the
    file finishes one before it begins the other.
    """
    found: list[Stretch] = []
    for word in words:
        if found and _follows(found[-1].words[-1], word):
            found[-1].add([word])
        else:
            found.append(Stretch([word], word.box))
    return _mended(found)


def _follows(last: Word, word: Word) -> bool:
    size = max(last.box.height, word.box.height)
    gap = word.box.left - last.box.right
    return -0.5 * size < gap < _COLUMN_GAP * size and _is_level(last.box, word.box)


def _is_level(one: Box, other: Box) -> bool:
    _, top, _, bottom = one
    _, its_top, _, its_bottom = other
    size = max(bottom - top, its_bottom - its_top)
    return abs(top + bottom - its_top - its_bottom) < 2 * _SAME_LINE * size


def _mended(found: list[Stretch]) -> list[Stretch]:
    """Stretches a word's space apart put together, for files that jump about within a line."""
    kept: list[Stretch] = []
    for stretch in sorted(found, key=lambda one: one.box.left):
        size, left = stretch.box.height, stretch.box.left
        before = (
            one
            for one in kept
            if -0.3 * size < left - one.box.right < _SPACE_GAP * size
            and _is_level(one.box, stretch.box)
        )
        if (neighbour := next(before, None)) is None:
            kept.append(stretch)
        else:
            neighbour.add(stretch.words)
    return kept


def rows(found: Iterable[Stretch]) -> list[list[Stretch]]:
    """Stretches by line, from the top, each line from the left."""
    lines: list[list[Stretch]] = []
    for stretch in sorted(found, key=lambda one: (one.box.middle, one.box.left)):
        if lines and _is_level(lines[-1][0].box, stretch.box):
            lines[-1].append(stretch)
        else:
            lines.append([stretch])
    return [sorted(line, key=lambda one: one.box.left) for line in lines]


def in_order(lines: list[list[Stretch]]) -> Iterator[list[Stretch]]:
    """Lines as read; a line of several stretches is one row of an unruled table."""
    at = 0
    while at < len(lines):
        end = _band(lines, at)
        if end == at:
            yield lines[at]
            at += 1
            continue
        band = lines[at:end]
        yield from band if _is_list(band) else _by_columns(band)
        at = end


def _band(lines: list[list[Stretch]], start: int) -> int:
    """Where a stretch of two columns that begins here ends; `start` when none begins.

    The lines of two blocks need not be level with one another.
    """
    first = lines[start]
    if len(first) == 1 and start + 1 < len(lines) and _stand_abreast(first, lines[start + 1]):
        first = sorted((*first, *lines[start + 1]), key=lambda one: one.box.left)
    if len(first) != 2:  # noqa: PLR2004 -- left and right
        return start
    left, right = first[0].box.right, first[1].box.left
    bottom = max(one.box.bottom for one in first)
    end = start + (1 if first is lines[start] else 2)
    for line in lines[end:]:
        height = line[0].box.height
        middle = (left + right) / 2
        left = max([left, *(one.box.right for one in line if one.box.centre < middle)])
        right = min([right, *(one.box.left for one in line if one.box.centre >= middle)])
        is_near = line[0].box.top - bottom < (_FAR_BELOW if len(line) > 1 else 1.0) * height
        if left >= right or len(line) > 2 or not is_near or _is_addressed(line):  # noqa: PLR2004 -- left and right
            break
        bottom = max(bottom, *(one.box.bottom for one in line))
        end += 1
    return end


def _is_addressed(line: list[Stretch]) -> bool:
    """Tell the line of the addressee, which no column of the head goes on below."""
    return _ADDRESSED.match(" ".join(word.text for word in line[0].words)) is not None


def _stand_abreast(line: list[Stretch], below: list[Stretch]) -> bool:
    """Two single stretches whose heights overlap and whose widths do not."""
    if len(below) != 1:
        return False
    one, other = line[0].box, below[0].box
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    apart = one.right < other.left or other.right < one.left
    return apart and overlap > (1 - _SAME_LINE - _CROWDED) * min(one.height, other.height)


def _is_list(band: list[list[Stretch]]) -> bool:
    """Tell names and their values from two blocks: values stand flush, blocks are centred."""
    pairs = [line for line in band if len(line) > 1]
    if len(pairs) < 2:  # noqa: PLR2004 -- one pair lines up with nothing
        name = " ".join(word.text for word in pairs[0][0].words) if len(band) == 1 else ""
        return name.endswith(":") and not _RECIPIENTS.fullmatch(name)
    right = [line[1].box for line in pairs]
    lefts, centres = [box.left for box in right], [box.centre for box in right]
    is_flush = max(lefts) - min(lefts) < _ALIGNED
    return is_flush and max(centres) - min(centres) > 2 * _ALIGNED


def _by_columns(band: list[list[Stretch]]) -> Iterator[list[Stretch]]:
    middle = _gutter([one.box for line in band for one in line])
    for is_left in (True, False):
        for line in band:
            side = [one for one in line if (one.box.centre < middle) is is_left]
            if side:
                yield side


def _gutter(boxes: Iterable[Box]) -> float:
    """Half way between the two columns."""
    placed = sorted(boxes, key=lambda box: box.left)
    right = placed[0].right
    for box in placed:
        if box.left > right:
            return (right + box.left) / 2
        right = max(right, box.right)
    return right


def cell_text(words: Iterable[Word], width: float, written: Written) -> str:
    """The words of a cell: a line that had room for the next word ends a paragraph."""
    lines = [line for row in rows(stretches(words)) for line in _wide(row)]
    pieces: list[str] = []
    for number, line in enumerate(lines):
        text = written.text(line)
        if number and not _was_full(lines[number - 1], line[0], width):
            pieces.append("\n")
        elif number:
            pieces.append(" ")
        pieces.append(text)
    return "\n".join(neat(line) for line in "".join(pieces).split("\n")).strip()


def _wide(row: list[Stretch]) -> Iterator[list[Word]]:
    yield [word for stretch in row for word in stretch.words]


def _was_full(line: list[Word], next_word: Word, width: float) -> bool:
    """Tell whether the next word would not have fitted on the line."""
    taken = line[-1].box.right - line[0].box.left
    space = 0.25 * next_word.box.height
    return taken + space + next_word.box.width > width


def crowded(found: Iterable[Stretch]) -> int:
    """How many stretches print over another one: text cut off by its cell, or laid on itself."""
    placed = sorted(found, key=lambda one: one.box.top)
    count = 0
    for number, stretch in enumerate(placed):
        for other in placed[number + 1 :]:
            if other.box.top > stretch.box.bottom:
                break
            count += _overlap(stretch.box, other.box) and stretch.box != other.box
    return count


def _overlap(one: Box, other: Box) -> bool:
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    wide = min(one.right, other.right) - max(one.left, other.left)
    return high > _CROWDED * min(one.height, other.height) and wide > min(one.height, other.height)
