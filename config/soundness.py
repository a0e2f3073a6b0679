"""What types cannot see: the parts of a call fit together, and its quotations are true."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from config.library import Library
from config.lines import Way
from dossier import (
    Call,
    Citation,
    Cost,
    Counted,
    Requirement,
    Role,
    TaskKind,
    UnitKind,
)
from rules.catalogue import catalogue
from rules.in_force import rules_of

Problem = tuple[Way, str]

_ASKED_FOR = (Role.COVER_LETTER, Role.SUMMARY_TABLE, Role.PROPOSAL_FORM, Role.COMMITMENT_LETTER)
"""Roles of papers a dossier may be asked for; the rest of `Role` is what else comes."""

_IN_A_REMEDY = frozenset({"first_year", "max_months"})
_READ_LATER = "FNE"
"""Families read after a call's own requirements, which cannot lean on them."""
_NO_DEADLINE = (
    "chưa có căn cứ về thời hạn; thêm deadlines[].cites hoặc rules.D01.cites "
    "/ no ground for the deadline: give deadlines[].cites or rules.D01.cites"
)


def problems(call: Call, shelves: Library) -> Iterator[Problem]:
    """Everything that does not fit, each with the way to the key that must be mended."""
    yield from _ids(call)
    yield from _papers(call)
    yield from _kinds(call)
    yield from _patterns(call)
    yield from _letters(call, shelves)
    yield from _cited(call, shelves)
    known_rules = {rule.id for rule in catalogue()}
    yield from _rules(call, known_rules)
    for number, asked in enumerate(call.requirements):
        for way, problem in _requirement(call, asked, known_rules):
            yield ("requirements", number, *way), problem
    if not any(rule.id == "D01" for rule in rules_of(call)):
        yield ("rules",), _NO_DEADLINE


def _rules(call: Call, known: set[str]) -> Iterator[Problem]:
    """Rules the call words or weighs are there, and their words name only what can be filled in."""
    for rule_id, said in call.rules.items():
        if rule_id not in known:
            yield ("rules", rule_id), _not_among(rule_id, known, "quy tắc / rule")
        slots = {name for _, name, _, _ in Formatter().parse(said.remedy) if name is not None}
        for slot in sorted(slots - _IN_A_REMEDY):
            listed = ", ".join(sorted(_IN_A_REMEDY))
            yield (
                ("rules", rule_id, "remedy"),
                f"không có ô “{slot}” / no such slot; known: {listed}",
            )
    weighed = known | {one.id for one in call.requirements}
    for rule_id, cost in call.weights.items():
        if rule_id not in weighed:
            yield ("weights", rule_id), _not_among(rule_id, weighed, "quy tắc / rule")
        if cost not in {*Cost}:
            yield ("weights", rule_id), _not_among(cost, {*Cost}, "gap, officer, warning, info")


def _patterns(call: Call) -> Iterator[Problem]:
    """Regular expressions that do not compile would break on the first mail."""
    written: list[tuple[Way, str]] = [
        *((("mail_cues", n), cue) for n, cue in enumerate(call.mail_cues)),
        *(
            (("commitment_cues", element, n), cue)
            for element, cues in call.commitment_cues.items()
            for n, cue in enumerate(cues)
        ),
        *(
            (("kinds", number, "perhaps", n), cue)
            for number, kind in enumerate(call.kinds)
            for n, cue in enumerate(kind.perhaps)
        ),
    ]
    for way, pattern in written:
        try:
            re.compile(pattern)
        except re.error as error:
            yield way, f"biểu thức viết sai / not a regular expression: {error}"


def _ids(call: Call) -> Iterator[Problem]:
    for name, ids in (
        ("requirements", [one.id for one in call.requirements]),
        ("papers", [one.role for one in call.papers]),
        ("kinds", [str(one.kind) for one in call.kinds]),
    ):
        counted = Counter(ids)
        for number, one in enumerate(ids):
            if counted[one] > 1 and ids.index(one) != number:
                yield (name, number), f"“{one}” đã có ở trên / is already written above"


def _papers(call: Call) -> Iterator[Problem]:
    for number, paper in enumerate(call.papers):
        if not paper.own and paper.role not in _ASKED_FOR:
            yield (
                ("papers", number, "role"),
                f"“{paper.role}” là vai trò dành riêng, đặt tên khác / is taken, choose another",
            )
        elif paper.own and not re.fullmatch(r"[a-z0-9_]+", paper.role):
            yield (
                ("papers", number, "role"),
                "chỉ dùng chữ thường không dấu, số và _ / only a-z, 0-9 and _",
            )
        elif paper.own and not (paper.titles or paper.cues):
            yield (
                ("papers", number),
                "thiếu titles hoặc cues để nhận ra tài liệu / titles or cues are needed to know it",
            )


def _kinds(call: Call) -> Iterator[Problem]:
    known = {*UnitKind, *call.unit_kinds}
    for number, unit in enumerate(call.units):
        if unit.kind not in known:
            yield ("units", number, "kind"), _not_among(unit.kind, known, "unit_kinds")
    named = {kind.kind for kind in call.kinds}
    for number, form in enumerate(call.forms):
        if form.kind is not None and form.kind not in named:
            yield ("forms", number, "kind"), _not_among(form.kind, named, "kinds[].kind")
    if sum(kind.otherwise for kind in call.kinds) > 1:
        yield ("kinds",), "chỉ một loại có otherwise: true / only one kind may be otherwise"


def _letters(call: Call, shelves: Library) -> Iterator[Problem]:
    for number, letter in enumerate(call.letters):
        if letter.source and shelves.source(letter.source) is None:
            yield ("letters", number, "source"), _no_source(letter.source)


def _no_source(source: str) -> str:
    return (
        f"thiếu văn bản nguồn “{source}.txt” trong config/sources / "
        f"the source text {source}.txt is missing"
    )


def _cited(call: Call, shelves: Library) -> Iterator[Problem]:
    """Every quotation of the call's own stands in the text it names."""
    for way, cites in _citations(call):
        for number, cite in enumerate(cites):
            here = (*way, "cites", number)
            text = shelves.source(cite.source)
            if text is None:
                yield (*here, "source"), _no_source(cite.source)
            elif cite.source not in call.sources:
                wanted = f"thêm “{cite.source}” vào sources / name {cite.source} under sources"
                yield (*here, "source"), wanted
            elif _plain(cite.words) not in _plain(text.read_text(encoding="utf-8")):
                yield (
                    (*here, "words"),
                    f"không có nguyên văn này trong {text.name} / these words are not in it",
                )


def _citations(call: Call) -> Iterator[tuple[Way, tuple[Citation, ...]]]:
    for rule_id, said in call.rules.items():
        yield ("rules", rule_id), said.cites
    for number, asked in enumerate(call.requirements):
        yield ("requirements", number), asked.cites
    for number, deadline in enumerate(call.deadlines):
        yield ("deadlines", number), deadline.cites


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def _requirement(call: Call, asked: Requirement, rules: set[str]) -> Iterator[Problem]:
    roles = {*map(str, _ASKED_FOR), *(one.role for one in call.papers)}
    fields = {one.key for form in call.forms for one in form.fields}
    templates = {form.template for form in call.forms}
    earlier = rules | {one.id for one in call.requirements if one.id < asked.id}
    before = {one for one in earlier if one[0] not in _READ_LATER}
    paper, count, of_form = asked.paper, asked.count, asked.field
    kinds = {TaskKind.UNKNOWN, *(one.kind for one in call.kinds)}
    named: tuple[tuple[Way, Iterable[str], set[str], str], ...] = (
        (("paper", "role"), [paper.role] if paper else [], roles, "papers[].role"),
        (("count", "of"), [count.of] if count else [], {*Counted, *roles}, "papers[].role"),
        (("field", "key"), [of_form.key] if of_form else [], fields, "forms[].fields[].key"),
        (
            ("field", "form"),
            [of_form.form] if of_form and of_form.form else [],
            templates,
            "forms[].template",
        ),
        (("when", "kinds"), asked.when.kinds, {*kinds}, "kinds[].kind"),
        (("when", "units"), asked.when.units, {*UnitKind, *call.unit_kinds}, "unit_kinds"),
        (("after",), asked.after, before, "rules, requirements"),
    )
    for way, said, known, where in named:
        for one in said:
            if one not in known:
                yield way, _not_among(one, known, where)


def _not_among(said: str, known: Iterable[str], where: str) -> str:
    names = sorted(map(str, known))
    near = difflib.get_close_matches(str(said), names, n=1)
    meant = f" Có phải “{near[0]}”? Did you mean {near[0]}?" if near else ""
    listed = f" Có / known: {', '.join(names)}." if not near and len(names) < 12 else ""  # noqa: PLR2004 -- a list one can read
    return f"“{said}” không có trong {where} / is not among them.{meant}{listed}"
