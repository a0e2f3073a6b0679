"""Phiếu đề xuất nhiệm vụ: which form it is, its task, kind, money and who signs it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from dossier import Budget, Call, FormAsked, FormFamily, FormField, Place, ProposalForm, TaskKind
from dossier.vietnamese import fold, key, tidy
from ingest.extract import money, names
from ingest.extract.duration import duration
from ingest.extract.form_fields import end_of_fields, fields_of
from ingest.extract.form_headings import Heading, headings
from ingest.extract.kind import kind_of, ticked
from ingest.extract.passage import Origin, Passage, words
from ingest.extract.schools import schools

_NAME_WORDS = 3
_MARKED = 40
"""The circular printed in the corner outweighs every likeness of labels."""
_BLOCK = re.compile(
    r"to chuc,? ca nhan de xuat|^(?:thu truong )?don vi de xuat|^thu truong (?:don vi|co quan)"
    r"|^\(ho,? (?:va )?ten"
)
"""Where a form asks for name and signature."""
_USED_FOR = re.compile(r"dung cho\s*:?\s*([^)\n]{3,120})")
_CODE = re.compile(r"\bmau\s*(?:so\s*)?:?\s*(a[1-4])\b|\b(a[1-4])\s*-\s*dx(?:nv|tn)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form as read, and how many of its labels and answers were seen."""

    form: ProposalForm
    labels: int
    filled: int
    """Fields with an answer; under three on a nameless form it is a blank template."""


def extract(lines: tuple[Passage, ...], call: Call, origin: Origin, title_line: str) -> FormRead:
    """Read one form; a label that was not found has no entry in `fields`."""
    found = headings(lines, call)
    end = end_of_fields(lines, found)
    top = "\n".join(line.folded for line in lines[: found[0].line if found else len(lines)])
    asked = _form(f"{top}\n{fold(origin.margins)}", found, call)
    fields = dict(fields_of(lines, found, end, origin))
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


def _answered_too(fields: dict[str, FormField], asked: FormAsked | None) -> dict[str, FormField]:
    """Fields another one answers as well: contents and results printed as one."""
    return {
        other: replace(fields[one.key], key=other)
        for one in (asked.fields if asked else ())
        for other in one.also
        if one.key in fields and other not in fields
    }


def _title(value: str) -> str:
    flat = re.sub(r"^[-–—+•*▪●]\s+", "", " ".join(value.split()))
    whole = re.fullmatch(r"[“«\"]([^“”«»\"]+)[”»\"][\s.;]*", flat)
    return (whole[1] if whole else flat).strip(" .;:")


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


def _parts(fields: dict[str, FormField], *keys: str) -> list[tuple[str, Place]]:
    return [
        (fields[one].value, fields[one].at) for one in keys if one in fields and fields[one].value
    ]


def _budget(found: Sequence[Heading], field: FormField | None) -> Budget | None:
    if field is None or not field.value:
        return None
    unit = next((one.unit for one in found if one.asked.key == "kinh_phi"), "")
    return money.budget(field.value, field.at, money.unit_of(unit) or money.unit_of(field.value))


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


def _signature_block(tail: Sequence[Passage], file: str) -> Place | None:
    block = (line.place(file) for line in tail if _BLOCK.search(line.folded))
    return next(block, None)
