"""A summary table that reached us as lines only: a PDF gives its words, not its cells."""

import re
from collections.abc import Sequence

from dossier import CERTAIN, Call, Place, SummaryRow, SummaryTable
from dossier.vietnamese import fold, key, tidy
from ingest.extract.duration import duration
from ingest.extract.passage import Origin, Passage, clip, words

_LABEL = re.compile(r"^Tên (?:nhiệm vụ|đề tài|đề án|dự án)[^:\n]{0,30}:\s*(?=\w)", re.IGNORECASE)
"""What a list prints before each title."""
_ROW = re.compile(r"^(?P<number>\d{1,2})\s*[.)]?\s+(?=[^\W\d_a-zà-ÿ])")
_FOOT = re.compile(
    r"^(?:tong (?:cong|so|kinh phi)\b|tong\W*\d|noi nhan|nguoi lap|thu truong|tm\.|kt\.|giam doc"
    r"|chu tich)|ngay .{0,12}thang .{0,12}nam"
)
_WANTS_MORE = re.compile(
    r"(?:\b(?:huyen|xa|tinh|thi tran|thanh pho|cong ty|tnhh|phan|cua|va|cho|tai|theo|ve|cong cu"
    r"|he thong|tieu chuan|tcvn"
    r"|iso|chuong trinh|hop tac xa|htx|nganh|bang|voi|trong|tren|tu|den|ap dung|san pham"
    r"|doanh nghiep|dia ban|mo hinh)|[,(/&-])$"
)
_FEW_LINES = 40
_HEADER_LINES = 30


def extract(lines: Sequence[Passage], call: Call, origin: Origin) -> SummaryTable | None:
    """Read numbered rows from lines; None when the lines do not look like a summary table.

    A title is what stands between the row's number and the next cell, which has no mark of its
    own in a PDF: it begins with a capital where the words before it want no more. Where that
    cannot be told the table is a doubt.
    """
    start = next((place for place, line in enumerate(lines) if _number(line) == 1), None)
    if start is None or start > _HEADER_LINES:
        return None
    header = key(" ".join(line.text for line in lines[:start]))
    columns = tuple(
        column.key for column in call.columns if _names(header, (column.header, *column.aliases))
    )
    if "ten" not in columns:
        return None
    rows: list[SummaryRow] = []
    sure = True
    for number, part in enumerate(_parts(lines[start:]), start=1):
        title, told = _title(part)
        if len(words(title)) < 3:  # noqa: PLR2004 -- not a task's name
            return None
        sure = sure and told
        rows.append(_row(number, title, part, origin.file))
    titled = next((line for line in lines if "tong hop" in line.folded), lines[0])
    return SummaryTable(
        at=titled.place(origin.file),
        rows=tuple(rows),
        columns=columns,
        text=origin.text,
        confidence=CERTAIN + 0.05 if sure else CERTAIN - 0.1,
    )


def _number(line: Passage) -> int | None:
    match = _ROW.match(line.text)
    return int(match["number"]) if match else None


def _names(header: str, aliases: Sequence[str]) -> bool:
    return any(
        f" {said} " in f" {header} "
        for alias in aliases
        if " " in (said := key(alias)) or said in {"stt", "tt"}
    )


def _parts(lines: Sequence[Passage]) -> list[list[Passage]]:
    """The lines of each row: a row begins where its number follows the one before."""
    parts: list[list[Passage]] = []
    for line in lines:
        if _FOOT.search(line.folded):
            break
        if _number(line) == len(parts) + 1:
            parts.append([line])
        elif parts:
            parts[-1].append(line)
    return parts


def _title(part: Sequence[Passage]) -> tuple[str, bool]:
    """The first cell of a row, and whether its end could be told."""
    title = _LABEL.sub("", _ROW.sub("", part[0].text))
    for line in part[1:_FEW_LINES]:
        if (
            line.text[0].islower()
            or _begins_with_initials(line.text)
            or _WANTS_MORE.search(fold(title).rstrip())
        ):
            title = f"{title} {line.text}"
        else:
            return tidy(title).strip(" .;"), True
    return tidy(title).strip(" .;"), len(part) == 1


def _begins_with_initials(text: str) -> bool:
    first = text.split(maxsplit=1)[0].strip("(),.")
    return len(first) > 1 and first.isupper()


def _row(number: int, title: str, part: Sequence[Passage], file: str) -> SummaryRow:
    whole = " ".join(line.text for line in part)
    at = Place(file, part[0].spot, clip(title))
    return SummaryRow(
        at=at,
        title=title,
        order=number,
        cells={"stt": str(number), "ten": title},
        duration=duration(whole.removeprefix(title), Place(file, part[0].spot)),
    )
