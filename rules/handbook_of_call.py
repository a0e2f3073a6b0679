"""Publish one call: what it asks for, on what ground, in what words a unit would read it."""

from collections.abc import Iterator

from dossier import Call, Citation
from rules.catalogue import catalogue
from rules.examples import shown
from rules.in_force import rules_of
from rules.rule import Rule


def handbook_of(call: Call) -> str:
    """One Markdown page: deadlines, papers, its own requirements, the general rules in force."""
    rules = {rule.id: rule for rule in rules_of(call)}
    lines = [
        f"# {call.title}",
        "",
        "Trang này được tạo từ tệp của đợt (`vanthu call handbook`); không sửa bằng tay.",
        "",
        f"Nơi nhận: {call.office.name}, {call.office.mailbox}.",
        "",
        "## Thời hạn",
        "",
        *_deadlines(call),
        "",
        "## Thành phần hồ sơ",
        "",
        *(f"- {paper.as_listed}" for paper in call.papers),
        "",
        "## Yêu cầu riêng của đợt",
        "",
    ]
    for asked in call.requirements:
        rule = rules[asked.id]
        lines += [f"### {rule.id} {rule.title}", "", f"*{rule.severity.label}*", "", rule.why, ""]
        lines += [*_grounds(rule.cites, call), "Ví dụ:", ""]
        for example in shown(asked, call):
            lines += (f"- {example.name}: {said}" for said in example.expect or ("Đạt.",))
        lines.append("")
    lines += ["## Quy tắc chung áp dụng cho đợt", "", *_common(rules), ""]
    if left_out := list(_left_out(call)):
        lines += ["## Quy tắc chung không áp dụng cho đợt", "", *left_out, ""]
    return "\n".join(lines)


def _deadlines(call: Call) -> Iterator[str]:
    if not call.deadlines:
        yield f"- {call.closes_in_words}"
    for number, one in enumerate(call.deadlines, start=1):
        in_force = " (đang áp dụng)" if number == len(call.deadlines) else ""
        yield f"- {one.in_words}, theo {one.letter}{in_force}"


def _grounds(cites: tuple[Citation, ...], call: Call) -> tuple[str, ...]:
    if not cites:
        return ()
    listed = (f"- “{one.words}” ({one.clause} {call.source_name(one.source)})" for one in cites)
    return ("Căn cứ:", "", *listed, "")


def _common(rules: dict[str, Rule]) -> Iterator[str]:
    """The catalogue's rules that rest on this call's own words; the rest need no text."""
    general = {rule.id for rule in catalogue()}
    for rule in rules.values():
        if rule.id in general and rule.cites:
            words = "; ".join(f"“{one.words}” ({one.clause})" for one in rule.cites)
            yield f"- {rule.id} {rule.title}: {words}"


def _left_out(call: Call) -> Iterator[str]:
    for rule in catalogue():
        said = call.rules.get(rule.id)
        if said and said.left_out:
            yield f"- {rule.id} {rule.title}: {said.because or 'theo tệp của đợt.'}"
