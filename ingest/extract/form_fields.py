"""The answers of a proposal form: what stands between its labels, without what is printed."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from dossier import FieldAsked, FormField, Place
from dossier.vietnamese import fold, key, tidy
from ingest.extract import names
from ingest.extract.dates import PLACE_AND_DATE
from ingest.extract.form_headings import HINT_START, Heading
from ingest.extract.passage import Origin, Passage, clip, row_of, without_leaders, words

_SUBLABEL = re.compile(r"^\W*\d{1,2}\.\d{1,2}\.?\s+[^\W\d][^:\n]{0,90}:\s*", re.MULTILINE)
_PLACEHOLDER = re.compile(
    r"^\W*(?:click (?:or|here)|ghi (?:ten|ro|noi dung)|noi dung can dien|xx+|n/?a)\b[^\n]{0,60}$"
)
_TYPE_HERE = re.compile(
    r"^\W*(?:nhập(?! khẩu)|bấm|nhấn(?! mạnh)|điền|(?:nhap|bam|nhan|dien)\b[\x00-\x7f]*$)\b"
    r"[^\n]{0,60}$"
)
"""“Nhấn vào đây để nhập”; accents decide: “Nhân được 10.000 cây giống” is an answer."""
_PRINTED_WORDS = frozenset(
    {
        "thang", "nam", "ngay", "tu", "den", "dong", "trieu", "ty", "vnd", "tong", "so", "kinh",
        "phi", "trong", "do", "ngan", "sach", "nha", "nuoc", "nguon", "khac", "doi", "ung", "nsnn",
        "bang", "chu", "viet", "va", "gom", "la", "thoi", "gian", "bat", "dau", "ket", "thuc",
    }
)  # fmt: skip
"""What a template prints between its dots: “… tháng, từ … đến …”."""
_UNITS = frozenset({"thang", "nam", "quy", "ngay", "dong", "trieu", "ty", "vnd", "vnđ"})
"""What a template prints beside its dots: “…… tháng” without a number says nothing."""
_UNANSWERED = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*\W+|[a-zđ]\)\s*)?(?:[^\W\d]+[\s,]*){1,8}:\s*")
"""A label within the field and nothing behind it: “Mục tiêu chung:”."""
_CENTURY = re.compile(r"(?:(?<=/)|(?<=[Nn]ăm ))\s?20(?=\s?(?:…|\.{2}|_{2}))")
"""What a template prints of a year: “tháng …/20…”."""
_END = re.compile(
    r"^(?:ghi chu\s*:\s*phieu|to chuc,? ca nhan de xuat|\(ho,? (?:va )?ten|\(ky|noi nhan|t/?m\."
    r"|kt\.|tl\.|tuq\.|q\."
    r"|thu truong (?:don vi|co quan)|dai dien (?:to chuc|don vi|doanh nghiep|theo phap luat)"
    r"|don vi de xuat$"
    r"|nguoi de xuat|ca nhan de xuat|chu nhiem de xuat|xac nhan cua)"
)
_SIGNING_TITLE = re.compile(
    r"^(?:t\.?m\.? )?(?:pho |tong |q\. ?|quyen |kt\. ?)*(?:giam doc|chu tich|truong phong"
    r"|hieu truong|thu truong"
    r"|chu nhiem|bi thu|truong ban|chu doanh nghiep|chanh van phong)(?: .{0,30})?$"
)


def end_of_fields(lines: Sequence[Passage], found: Sequence[Heading]) -> int:
    """Where the fields end and the signature block begins."""
    if not found:
        return len(lines)
    for place in range(found[-1].rest_line, len(lines)):
        bare = lines[place].folded
        if place == found[-1].line:
            continue
        if _END.match(bare) or PLACE_AND_DATE.match(bare):
            return place
        if names.is_capital(lines[place].text) and _SIGNING_TITLE.match(bare):
            return place
    return len(lines)


def fields_of(
    lines: Sequence[Passage], found: Sequence[Heading], end: int, origin: Origin
) -> Iterator[tuple[str, FormField]]:
    """Every label with its answer, by its key; an answer left out is empty."""
    for place, one in enumerate(found):
        stop = found[place + 1].line if place + 1 < len(found) else end
        parts = [one.rest] if one.rest_line < stop or not one.rest else []
        own = lines[one.rest_line + 1 : stop] if one.rest else lines[one.rest_line : stop]
        kept = [line for line in own if not _is_row_number(line)]
        value = _value(parts, kept, one)
        first = lines[one.line]
        said = kept[0] if not one.rest and kept else first
        at = Place(origin.file, said.spot if value else first.spot, clip(value or first.text))
        spots = {row_of(line.spot) for line in lines[one.line : stop]}
        yield (
            one.asked.key,
            FormField(
                key=one.asked.key,
                at=at,
                label=one.label,
                number=one.number,
                value=value,
                pictured=not value and not spots.isdisjoint(origin.pictured),
            ),
        )


def _is_row_number(line: Passage) -> bool:
    return (
        line.cell is not None
        and line.cell[2] <= 1
        and re.fullmatch(r"\d{1,2}[.)]?", line.text) is not None
    )


def _value(parts: list[str], own: Sequence[Passage], heading: Heading) -> str:
    """The answer without hints, leaders and place holders; empty when nothing real is left."""
    texts = [*parts, *(line.text for line in own)]
    wrapped = bool(own) and own[0].page is not None and own[0].cell is None
    lines: list[str] = []
    for text in texts:
        clean = without_leaders(_CENTURY.sub("", text))
        if not re.search(r"[^\W_]", clean) or _is_printed_hint(clean, heading.asked):
            continue
        if lines and wrapped and _wraps(lines[-1], clean):
            lines[-1] = f"{lines[-1]} {clean}"
        else:
            lines.append(clean)
    led = heading.led or any(without_leaders(text) != tidy(text) for text in texts)
    if (led or len(lines) > 1) and all(map(_UNANSWERED.fullmatch, lines)):
        return ""
    value = "\n".join(lines).strip(" \n:;")
    return "" if _is_blank(value, led=led) else value


def _wraps(before: str, line: str) -> bool:
    return not re.match(r"^(?:[-–+•*(]|\d{1,2}[.)]\s|[a-zđ]\))", line) and not re.search(
        r"[.;:]$", before
    )


def _is_printed_hint(text: str, asked: FieldAsked) -> bool:
    """Tell a line of the form's own explanation from an answer that merely uses its words."""
    bare = key(text)
    if re.fullmatch(r"\([^()]*\)", text.strip()) and HINT_START.match(bare):
        return True
    return len(bare) > 20 and any(  # noqa: PLR2004 -- short lines are answers
        fuzz.ratio(bare, key(hint)) >= 85  # noqa: PLR2004 -- as printed
        or (bare in key(hint) and len(bare) * 2 >= len(key(hint)))
        for hint in asked.hints
    )


def _is_blank(value: str, *, led: bool) -> bool:
    """Nothing but place holders, sub-labels, or the words a template prints around its dots."""
    if _PLACEHOLDER.match(fold(value)) or _TYPE_HERE.match(tidy(value).casefold()):
        return True
    left = words(_SUBLABEL.sub("", value))
    if all(fold(word) in _UNITS for word in left):
        return True
    return led and all(fold(word) in _PRINTED_WORDS for word in left)
