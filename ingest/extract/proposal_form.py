"""Phiếu đề xuất nhiệm vụ: the numbered fields by their labels, whatever the layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from dossier import (
    Budget,
    Call,
    FieldAsked,
    FormAsked,
    FormFamily,
    FormField,
    Place,
    ProposalForm,
    TaskKind,
)
from dossier.vietnamese import fold, key, tidy
from ingest.extract import money, names
from ingest.extract.dates import PLACE_AND_DATE
from ingest.extract.duration import duration
from ingest.extract.folded import Folded, folded
from ingest.extract.kind import kind_of, ticked
from ingest.extract.passage import Origin, Passage, clip, without_leaders, words
from ingest.extract.schools import schools

_LOOK_AHEAD = 6
_NAME_WORDS = 3
_LONGER = 3
"""So many words more make a later label the true one: “Nội dung” may head a column."""
_MARKED = 40
"""The circular printed in the corner outweighs every likeness of labels."""
_FIRST_WORD = 60
_SURE = 92
_NUMBERED = 82
_PREFIX = re.compile(
    r"^\W*(?:(?:muc|phan)\s+)?(?P<number>\d{1,2}|[ivx]{1,4})\s*[.):/-]+\s*(?!\d)(?=[a-z])"
)
_SUBLABEL = re.compile(r"^\W*\d{1,2}\.\d{1,2}\.?\s+[^\W\d][^:\n]{0,90}:\s*", re.MULTILINE)
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
_BRACKET = re.compile(r"^\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*(?P<colon>:?)", re.DOTALL)
_HINT_START = re.compile(
    r"^(?:neu ro|giai trinh|ghi ro|ghi cu the|mo ta|trinh bay|kha nang huy dong|tu mot trong"
    r"|moi noi dung|can lam ro"
    r"|tac dong doi voi|mot trong cac|nhap|dien|ghi ten)"
)
_PLACEHOLDER = re.compile(
    r"^\W*(?:click (?:or|here)|ghi (?:ten|ro|noi dung)|noi dung can dien|xx+|n/?a)\b[^\n]{0,60}$"
)
_TYPE_HERE = re.compile(
    r"^\W*(?:nhập(?! khẩu)|bấm|nhấn(?! mạnh)|điền|(?:nhap|bam|nhan|dien)\b[\x00-\x7f]*$)\b"
    r"[^\n]{0,60}$"
)
"""“Nhấn vào đây để nhập”; accents decide: “Nhân được 10.000 cây giống” is an answer."""
_LEADS = re.compile(r"^[^.…_]{0,90}:?\s*(?:[.…_]{3,}|…)")
_PRINTED_WORDS = frozenset(
    {
        "thang", "nam", "ngay", "tu", "den", "dong", "trieu", "ty", "vnd", "tong", "so", "kinh",
        "phi", "trong", "do", "ngan", "sach", "nha", "nuoc", "nguon", "khac", "doi", "ung", "nsnn",
        "bang", "chu", "viet", "va", "gom", "la", "thoi", "gian", "bat", "dau", "ket", "thuc",
    }
)  # fmt: skip
"""What a template prints between its dots: “… tháng, từ … đến …”."""
_END = re.compile(
    r"^(?:ghi chu\s*:\s*phieu|to chuc,? ca nhan de xuat|\(ho,? (?:va )?ten|\(ky|noi nhan|t/?m\."
    r"|kt\.|tl\.|tuq\.|q\."
    r"|thu truong (?:don vi|co quan)|dai dien (?:to chuc|don vi|doanh nghiep|theo phap luat)"
    r"|don vi de xuat$"
    r"|nguoi de xuat|ca nhan de xuat|chu nhiem de xuat|xac nhan cua)"
)
_BLOCK = re.compile(
    r"to chuc,? ca nhan de xuat|^(?:thu truong )?don vi de xuat|^thu truong (?:don vi|co quan)"
    r"|^\(ho,? (?:va )?ten"
)
"""Where a form asks for name and signature."""
_SIGNING_TITLE = re.compile(
    r"^(?:t\.?m\.? )?(?:pho |tong |q\. ?|quyen |kt\. ?)*(?:giam doc|chu tich|truong phong"
    r"|hieu truong|thu truong"
    r"|chu nhiem|bi thu|truong ban|chu doanh nghiep|chanh van phong)(?: .{0,30})?$"
)
_USED_FOR = re.compile(r"dung cho\s*:?\s*([^)\n]{3,120})")
_CODE = re.compile(r"\bmau\s*(?:so\s*)?:?\s*(a[1-4])\b|\b(a[1-4])\s*-\s*dx(?:nv|tn)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    asked: FieldAsked
    form: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A label found on the paper, and where what follows it begins."""

    asked: FieldAsked
    form: int
    number: str
    """As printed: “8”; empty when the label stands without one."""
    numbered: int | None
    score: float
    line: int
    """Index of the passage the label begins in."""
    label: str
    rest_line: int
    """Index of the passage the answer begins in."""
    rest: str
    """What stands after the label in that passage."""
    led: bool = False
    """Dots or underscores stand where the answer should: the template's own."""
    unit: str = ""
    """The bracket behind the label, which may name a unit: “(triệu đồng)”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form as read, and how many of its labels and answers were seen."""

    form: ProposalForm
    labels: int
    filled: int
    """Fields with an answer; under three on a nameless form it is a blank template."""


def headings(lines: Sequence[Passage], call: Call) -> tuple[Heading, ...]:
    """Every label of every accepted form, each key once, in the order of the paper."""
    labels = _labels(call)
    begins = frozenset(label.tokens[0] for label in labels)
    found = [
        best
        for place, line in enumerate(lines)
        if _may_begin(line.folded, begins) and (best := _heading(lines, place, labels)) is not None
    ]
    numbered = [one for one in found if one.number]
    if len({one.asked.key for one in numbered}) >= 4:  # noqa: PLR2004 -- a form that numbers its fields
        keys = {one.asked.key for one in numbered}
        first = numbered[0].line
        found = [
            one for one in found if one.number or (one.asked.key not in keys and one.line > first)
        ]
    kept: dict[str, Heading] = {}
    for one in found:
        before = kept.get(one.asked.key)
        if before is None or len(one.label.split()) > len(before.label.split()) + _LONGER:
            kept[one.asked.key] = one
    return tuple(sorted(kept.values(), key=lambda one: one.line))


def extract(lines: tuple[Passage, ...], call: Call, origin: Origin, title_line: str) -> FormRead:
    """Read one form; a label that was not found has no entry in `fields`."""
    found = headings(lines, call)
    end = _end(lines, found)
    top = "\n".join(line.folded for line in lines[: found[0].line if found else len(lines)])
    asked = _form(f"{top}\n{fold(origin.margins)}", found, call)
    fields = dict(_fields(lines, found, end, origin.file))
    fields |= _answered_too(fields, asked)
    at = lines[0].place(origin.file, title_line or lines[0].text)
    task = _title(fields["ten"].value) if "ten" in fields else ""
    kind, kind_words = _kind(lines, fields, task, call, at)
    if asked and asked.kind and task:
        kind, kind_words = asked.kind, at
    tail = [line.text for line in lines[end:]]
    time, money_field = fields.get("thoi_gian"), fields.get("kinh_phi")
    told = _parts(fields, "ten", "muc_tieu", "ket_qua", "noi_dung", "dia_chi")
    asked_of = call.kind(kind)
    counted = schools(told) if asked_of and asked_of.counts_schools else None
    form = ProposalForm(
        at=at,
        task=task,
        kind=kind,
        kind_words=kind_words,
        family=asked.family if asked else FormFamily.UNKNOWN,
        template=asked.template if asked else "",
        title_line=title_line,
        fields=fields,
        duration=duration(time.value, time.at) if time and time.value else None,
        budget=_budget(found, money_field),
        schools=counted[0] if counted else None,
        schools_at=counted[1] if counted else None,
        proposer=_proposer(tail, fields),
        signatory=names.signatory(tail),
        signature_block=_signature_block(lines[end:], origin.file),
        pages=origin.pages,
        text=origin.text,
    )
    return FormRead(
        form=form, labels=len(found), filled=sum(bool(one.value) for one in fields.values())
    )


def _answered_too(fields: dict[str, FormField], asked: FormAsked | None) -> dict[str, FormField]:
    """Fields another one answers as well: contents and results printed as one."""
    return {
        other: replace(fields[one.key], key=other)
        for one in (asked.fields if asked else ())
        for other in one.also
        if one.key in fields and other not in fields
    }


def _labels(call: Call) -> tuple[_Label, ...]:
    return tuple(
        _Label(asked=asked, form=place, tokens=tokens)
        for place, form in enumerate(call.forms)
        for asked, tokens in _labels_of(form)
    )


@lru_cache(maxsize=64)
def _labels_of(form: FormAsked) -> tuple[tuple[FieldAsked, tuple[str, ...]], ...]:
    return tuple(
        (asked, tuple(key(label).split())) for asked in form.fields for label in asked.labels
    )


def _may_begin(line: str, begins: frozenset[str]) -> bool:
    """Look at the first word before the whole line is compared with every label."""
    prefix = _PREFIX.match(line)
    first = re.search(r"[a-z0-9]+", line[prefix.end() :] if prefix else line)
    return first is not None and (
        first[0] in begins or any(fuzz.ratio(first[0], word) >= _FIRST_WORD for word in begins)
    )


def _first_word(folded: str) -> int:
    signs = (place for place, sign in enumerate(folded) if sign.isascii() and sign.isalnum())
    return next(signs, len(folded))


def _heading(lines: Sequence[Passage], place: int, labels: Sequence[_Label]) -> Heading | None:
    joined, cuts = _joined(lines, place)
    prefix = _PREFIX.match(joined.text)
    start = prefix.end() if prefix else _first_word(joined.text)
    if not prefix and re.match(r"^\W*\d", joined.text):
        return None
    tokens = [
        (match[0], match.end())
        for match in re.finditer(r"[a-z0-9]+", joined.text[start : start + 400])
    ]
    if not tokens:
        return None
    number = prefix["number"] if prefix else ""
    numbered = (int(number) if number.isdigit() else _ROMAN.get(number)) if number else None
    best: tuple[float, float, _Label, int] | None = None
    for label in labels:
        likeness, length = _likeness(label.tokens, tokens)
        if likeness < (_NUMBERED if number else _SURE):
            continue
        end = start + tokens[length - 1][1]
        if not _stands_alone(joined.text, end, label, numbered):
            continue
        score = (
            likeness
            + min(len(label.tokens), 20) * 0.5
            + (6 if numbered == label.asked.number else 0)
        )
        if best is None or score > best[0]:
            best = (score, likeness, label, end)
    if best is None:
        return None
    _, likeness, label, end = best
    rest_start, unit = _after_label(joined, end, label.asked)
    rest_line, rest = _rest(joined, rest_start, place, cuts)
    return Heading(
        asked=label.asked,
        form=label.form,
        number=number,
        numbered=numbered,
        score=likeness,
        line=place,
        label=tidy(joined.quote(start, end)),
        rest_line=rest_line,
        rest=rest,
        led=_LEADS.match(joined.text[end:].split("\n")[0]) is not None,
        unit=unit,
    )


def _joined(lines: Sequence[Passage], place: int) -> tuple[Folded, tuple[int, ...]]:
    """The passage and the few after it in the same cell, since labels are broken over lines."""
    parts = [lines[place].text]
    cuts = [len(parts[0])]
    for line in lines[place + 1 : place + 1 + _LOOK_AHEAD]:
        if line.cell != lines[place].cell:
            break
        parts.append(line.text)
        cuts.append(cuts[-1] + 1 + len(line.text))
    return folded("\n".join(parts)), tuple(cuts)


def _likeness(label: tuple[str, ...], tokens: list[tuple[str, int]]) -> tuple[float, int]:
    """How alike the first words are to a label, and how many of them it takes up."""
    if fuzz.ratio(label[0], tokens[0][0]) < _FIRST_WORD:
        return 0, 0
    wanted = " ".join(label)
    spread = (0, 1, -1, 2, -2) if len(label) > 4 else (0, 1) if len(label) > 2 else (0,)  # noqa: PLR2004 -- long labels lose or gain words
    best = (0.0, 0)
    for more in spread:
        length = len(label) + more
        if not 0 < length <= len(tokens):
            continue
        likeness = fuzz.ratio(wanted, " ".join(token for token, _ in tokens[:length]))
        if likeness > best[0] + 0.01:
            best = (likeness, length)
    return best


def _stands_alone(text: str, end: int, label: _Label, numbered: int | None) -> bool:
    """Keep “Mục tiêu phát triển …” in running text from passing for the label “Mục tiêu”."""
    after = text[end : end + 320]
    if re.match(r"\s*\)?\s*(?:\([^)]{0,300}\)?\s*)?(?::|$|\n|[.…_]{2,})", after):
        return True
    if numbered is None or len(label.tokens) < 2:  # noqa: PLR2004 -- two words are enough, “Căn cứ”
        return False
    return numbered == label.asked.number or not re.match(r"\s*\d", after)


def _after_label(text: Folded, end: int, asked: FieldAsked) -> tuple[int, str]:
    """Where the answer begins: past the label's tail, bracket, colon, printed hints."""
    unit = ""
    closing = re.match(r"\s*\)", text.text[end:])
    end += closing.end() if closing else 0
    rest = text.text[end:]
    if bracket := _BRACKET.match(rest):
        inside = bracket["inside"]
        if (
            bracket["colon"]
            or _is_hint(inside, asked)
            or money.unit_of(inside) is not None
            or (
                rest[:1] == " "
                and "\n" not in rest[: bracket.start() + 2]
                and inside[:1].isalpha()
                and not re.match(r"[ivx]{1,3}$", inside)
            )
        ):
            unit = text.quote(end + bracket.start("inside"), end + bracket.end("inside"))
            end += bracket.end()
            rest = text.text[end:]
    tail = re.match(r"^[ ,;]*(?P<tail>[^:\n.;]{0,70}):", rest)
    if tail and not re.match(r"^\s*[.…_]{2,}", rest):
        said = text.quote(end + tail.start("tail"), end + tail.end("tail")).strip()
        if not said or said[0].islower() or said.startswith(("(", "/", "–", "-")):
            end += tail.end()
            rest = text.text[end:]
    blank = re.match(r"^[\s:]*", rest)
    end += blank.end() if blank else 0
    while (bracket := _BRACKET.match(text.text[end:])) and _is_hint(bracket["inside"], asked):
        end += bracket.end()
    skipped = re.match(r"^[\s.…:;,_]*", text.text[end:])
    return end + (skipped.end() if skipped else 0), unit


def _is_hint(inside: str, asked: FieldAsked) -> bool:
    bare = key(inside)
    if not bare:
        return True
    if any(fuzz.partial_ratio(bare, key(hint)) >= 80 and len(bare) >= 12 for hint in asked.hints):  # noqa: PLR2004 -- a hint half copied is still a hint
        return True
    return bool(_HINT_START.match(bare))


def _rest(text: Folded, start: int, place: int, cuts: tuple[int, ...]) -> tuple[int, str]:
    """Map the folded offset back to a passage and what remains of it."""
    if start >= len(text.text):
        return place + len(cuts), ""
    origin = text.starts[start]
    index = next(number for number, cut in enumerate(cuts) if origin <= cut)
    return place + index, text.original[origin : cuts[index]]


def _end(lines: Sequence[Passage], found: Sequence[Heading]) -> int:
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


def _fields(
    lines: Sequence[Passage], found: Sequence[Heading], end: int, file: str
) -> Iterator[tuple[str, FormField]]:
    for place, one in enumerate(found):
        stop = found[place + 1].line if place + 1 < len(found) else end
        parts = [one.rest] if one.rest_line < stop or not one.rest else []
        own = lines[one.rest_line + 1 : stop] if one.rest else lines[one.rest_line : stop]
        kept = [line for line in own if not _is_row_number(line)]
        value = _value(parts, kept, one)
        first = lines[one.line]
        said = kept[0] if not one.rest and kept else first
        at = Place(file, said.spot if value else first.spot, clip(value or first.text))
        yield (
            one.asked.key,
            FormField(key=one.asked.key, at=at, label=one.label, number=one.number, value=value),
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
        clean = without_leaders(text)
        if not re.search(r"[^\W_]", clean) or _is_printed_hint(clean, heading.asked):
            continue
        if lines and wrapped and _wraps(lines[-1], clean):
            lines[-1] = f"{lines[-1]} {clean}"
        else:
            lines.append(clean)
    value = "\n".join(lines).strip(" \n:;")
    led = heading.led or any(without_leaders(text) != tidy(text) for text in texts)
    return "" if _is_blank(value, led=led) else value


def _wraps(before: str, line: str) -> bool:
    return not re.match(r"^(?:[-–+•*(]|\d{1,2}[.)]\s|[a-zđ]\))", line) and not re.search(
        r"[.;:]$", before
    )


def _is_printed_hint(text: str, asked: FieldAsked) -> bool:
    """Tell a line of the form's own explanation from an answer that merely uses its words."""
    bare = key(text)
    if re.fullmatch(r"\([^()]*\)", text.strip()) and _HINT_START.match(bare):
        return True
    return len(bare) > 20 and any(  # noqa: PLR2004 -- short lines are answers
        fuzz.ratio(bare, key(hint)) >= 85  # noqa: PLR2004 -- as printed
        or (bare in key(hint) and len(bare) * 2 >= len(key(hint)))
        for hint in asked.hints
    )


_UNITS = frozenset({"thang", "nam", "quy", "ngay", "dong", "trieu", "ty", "vnd", "vnđ"})
"""What a template prints beside its dots: “…… tháng” without a number says nothing."""


def _is_blank(value: str, *, led: bool) -> bool:
    """Nothing but place holders, sub-labels, or the words a template prints around its dots."""
    if _PLACEHOLDER.match(fold(value)) or _TYPE_HERE.match(tidy(value).casefold()):
        return True
    left = words(_SUBLABEL.sub("", value))
    if all(fold(word) in _UNITS for word in left):
        return True
    return led and all(fold(word) in _PRINTED_WORDS for word in left)


def _form(top: str, found: Sequence[Heading], call: Call) -> FormAsked | None:
    """Which printed form this is: by “(Dùng cho …)”, the mark in the corner, and its labels."""
    if not call.forms:
        return None
    said = _USED_FOR.search(top)
    used = tidy(said[1]) if said else ""
    code = _CODE.search(top)
    printed = ((code[1] or code[2]) if code else "").upper()
    squeezed = re.sub(r"\s", "", top)

    def fits(place: int) -> float:
        form = call.forms[place]
        fit = 0.0
        if used:
            alike = max((fuzz.ratio(key(used), key(one)) for one in form.used_for), default=0)
            fit += 12 if alike >= 90 else 4 if alike >= 75 else -4  # noqa: PLR2004 -- says it, or nearly
        if any(re.sub(r"\s", "", fold(mark)).split("/tt")[0] in squeezed for mark in form.marks):
            fit += _MARKED
        fit += 1 if printed == form.template else 0
        asked = {one.key: one for one in form.fields}
        for heading in found:
            own = asked.get(heading.asked.key)
            if own is None:
                fit -= 1
                continue
            labels = {key(label) for label in own.labels}
            fit += 2 if key(heading.label) in labels else 0.5
            fit += 1 if heading.numbered == own.number else 0
        return fit

    best = max(range(len(call.forms)), key=fits)
    return call.forms[best]


def _title(value: str) -> str:
    flat = re.sub(r"^[-–—+•*▪●]\s+", "", " ".join(value.split()))
    whole = re.fullmatch(r"[“«\"]([^“”«»\"]+)[”»\"][\s.;]*", flat)
    return (whole[1] if whole else flat).strip(" .;:")


def _parts(fields: dict[str, FormField], *keys: str) -> list[tuple[str, Place]]:
    return [
        (fields[one].value, fields[one].at) for one in keys if one in fields and fields[one].value
    ]


def _kind(
    lines: Sequence[Passage], fields: dict[str, FormField], task: str, call: Call, at: Place
) -> tuple[TaskKind, Place | None]:
    if not task and not any(one.value for one in fields.values()):
        return TaskKind.UNKNOWN, None
    name = fields.get("ten")
    objective = fields.get("muc_tieu")
    parts = [
        (task, name.at if name else at),
        (objective.value if objective else "", objective.at if objective else at),
        *_parts(fields, "noi_dung", "ket_qua"),
    ]
    whole = "\n".join(line.text for line in lines)
    return kind_of(call, parts, ticked(whole, call))


def _budget(found: Sequence[Heading], field: FormField | None) -> Budget | None:
    if field is None or not field.value:
        return None
    unit = next((one.unit for one in found if one.asked.key == "kinh_phi"), "")
    return money.budget(field.value, field.at, money.unit_of(unit) or money.unit_of(field.value))


def _signature_block(tail: Sequence[Passage], file: str) -> Place | None:
    block = (line.place(file) for line in tail if _BLOCK.search(line.folded))
    return next(block, None)


def _proposer(tail: Sequence[str], fields: dict[str, FormField]) -> str:
    """The organisation named below the fields, else the one the form's own field names."""
    for line in tail:
        name = re.sub(r"(?i)^t/?m\.?\s*", "", line)
        if _is_proposer(name):
            return tidy(name)
    stated = fields.get("nguoi_de_xuat")
    return stated.value.split("\n")[0] if stated else ""


def _is_proposer(name: str) -> bool:
    bare = fold(name)
    if re.match(r"(?:uy ban nhan dan|ubnd) (?:xa|thi tran|huyen)", bare):
        return True
    is_a_title = re.match(r"(?:uy ban nhan dan|to chuc)\W*(?:ca nhan)?", bare) is not None
    return names.is_organisation(name) and len(words(name)) >= _NAME_WORDS and not is_a_title
