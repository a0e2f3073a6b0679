"""Publish the rules as one Markdown page; `python -m rules.handbook --check` fails when stale.

The page reads as the call letter does: first every sentence with the rules that answer it, then the
rules under the sentence that first asks for them, then those about mails and files.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from rules.catalogue import catalogue
from rules.elsewhere import DECIDED_ELSEWHERE, Decider
from rules.examples import examples
from rules.rule import Citation, Outcome, Rule, Severity, State
from rules.trace import Sentence, first_asked_by, trace

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"

_READING = "Cách hiểu:"
_MOST_EXAMPLES = 3
_OF_MAIL = "Thư và tệp"
_PASSES = {True: "Đạt.", False: "Không nêu gì."}
"""What a dossier without a finding is told; a judgement was never passed by a machine."""
_SOURCES = {
    "cong-van": "Công văn mời đề xuất",
    "nd-08-2014": "Nghị định số 08/2014/NĐ-CP",
    "nd-30-2020": "Nghị định số 30/2020/NĐ-CP",
    "phieu-a1-2017": "Mẫu A1-ĐXNV, Thông tư số 03/2017/TT-BKHCN",
    "phieu-a2-2017": "Mẫu A2-ĐXNV, Thông tư số 03/2017/TT-BKHCN",
    "phieu-a3-2017": "Mẫu A3-ĐXNV, Thông tư số 03/2017/TT-BKHCN",
    "tt-06-2023": "Thông tư số 06/2023/TT-BKHCN",
    "tt-15-2022": "Thông tư số 15/2022/TT-BKHCN",
}
_CONCLUSIONS = {
    State.NIL_RETURN: "ghi nhận đơn vị không có đề xuất",
    State.RESEND: "đề nghị gửi lại tệp",
}
_HEAD = """\
# Danh mục quy tắc kiểm tra hồ sơ

Trang này được tạo từ chính các quy tắc (`python -m rules.handbook`); không sửa bằng tay.

Máy đọc hồ sơ theo từng câu của công văn mời. Mỗi quy tắc dưới đây nói điều gì được xem, vì sao, căn
cứ vào câu nào, và cho ví dụ với đúng lời mà đơn vị hoặc cán bộ sẽ đọc.

| Mức | Nghĩa là | Ai quyết định |
|---|---|---|
| Thiếu, phải bổ sung | nêu trong thư, tất cả một lần | máy khi chắc chắn, nếu không thì cán bộ |
| Cán bộ quyết định | thư trả lời chờ cán bộ | cán bộ |
| Để cán bộ cân nhắc | nêu cho cán bộ, không giữ thư | cán bộ, khi tổng hợp |
| Nên sửa | lưu ý thêm trong thư, không cản trở hồ sơ | đơn vị |
| Lưu ý | ghi nhận, không yêu cầu gì | không cần |

“Không xác định” nghĩa là máy không đủ căn cứ để kết luận và giao cho cán bộ. Máy không bao giờ báo
thiếu một văn bản khi còn tệp chưa đọc được có thể chứa văn bản đó, và không bao giờ từ chối hồ sơ.
Cán bộ bỏ qua được mọi nội dung, có ghi lý do.
"""


def handbook() -> str:
    """Every sentence of the letter, every rule: what it asks, why, its ground and its words."""
    parts = [_HEAD, "\n## Từng câu của công văn và các quy tắc\n", *_table()]
    told: dict[str, str] = {}
    for part, rules in groupby(_in_order(), key=_part):
        parts += (f"\n## {part}\n", *(_section(rule, told) for rule in rules))
    parts.append("\n## Những yêu cầu không do quy tắc nào ở trên quyết định\n")
    parts += map(_elsewhere, Decider)
    return "\n".join(parts)


def _table() -> Iterator[str]:
    yield "| # | Câu của công văn | Quy tắc |"
    yield "|---|---|---|"
    for one in trace():
        links = ", ".join(f"[{rule}](#{rule.lower()})" for rule in one.rules)
        more = f" *{_READING} {one.reading}*" if one.reading else ""
        done = f"; {one.also[:1].lower()}{one.also[1:]}" if one.also else ""
        yield f"| {one.number} | {one.words.removeprefix('- ')}{more} | {links}{done} |"


def _in_order() -> list[Rule]:
    """As the letter first asks for them; what it never asks for comes last."""
    asked = first_asked_by()
    last = len(trace()) + 1

    def place(rule: Rule) -> tuple[int, int]:
        one = asked.get(rule.id)
        return (one.number, one.rules.index(rule.id)) if one else (last, 0)

    return sorted(catalogue(), key=place)


def _part(rule: Rule) -> str:
    asked: Sentence | None = first_asked_by().get(rule.id)
    return asked.part if asked else _OF_MAIL


def _section(rule: Rule, told: dict[str, str]) -> str:
    """One rule; what a sister of it has said word for word is not said again."""
    paragraphs = [" ".join(one.split()) for one in rule.why.split("\n\n")]
    fresh = [one for one in paragraphs if told.setdefault(one, rule.id) == rule.id]
    again = dict.fromkeys(told[one] for one in paragraphs if told[one] != rule.id)
    fresh += [f"Cách đọc như ở [{sister}](#{sister.lower()})." for sister in again]
    lines = [f'<a id="{rule.id.lower()}"></a>', f"### {rule.id} {rule.title}", ""]
    lines += [f"*{_weight(rule)}*", "", "\n\n".join(map(_marked, fresh)), ""]
    if rule.cites:
        lines += [*_grounds(rule.cites), ""]
    lines += ["Ví dụ:", "", *_examples(rule)]
    return "\n".join((*lines, ""))


def _marked(paragraph: str) -> str:
    """How an ambiguous text is read stands out."""
    if not paragraph.startswith(_READING):
        return paragraph
    reading = paragraph.removeprefix(_READING).strip()
    return f"**{_READING}** {reading[:1].upper()}{reading[1:]}"


def _grounds(cites: Iterable[Citation]) -> Iterator[str]:
    texts = [
        (text, "; ".join(f"“{one.words}”" for one in several))
        for text, several in groupby(cites, key=lambda one: (one.source, one.clause))
    ]
    before = "Căn cứ: " if len(texts) == 1 else "- "
    if len(texts) > 1:
        yield from ("Căn cứ:", "")
    for (source, clause), words in texts:
        yield f"{before}{_SOURCES.get(source, source)}, {clause}: {words}"


def _examples(rule: Rule) -> Iterator[str]:
    """The first that passes, then some that do not, the uncertain among them; the rest counted."""
    found = examples(rule)
    judges = rule.severity in {Severity.GAP, Severity.WARNING}
    passing = [one for one in found if not one.expect][:1]
    failing = [one for one in found if one.expect]
    unsure = [one for one in failing if one.expect[0].startswith(Outcome.UNKNOWN.label)][:1]
    plain = [one for one in failing if one not in unsure]
    chosen = [*passing, *plain[: _MOST_EXAMPLES - len(passing) - len(unsure)], *unsure]
    for one in chosen:
        yield from (f"- {one.name}: {said}" for said in one.expect or (_PASSES[judges],))
    if left := len(found) - len(chosen):
        yield f"- … và {left} ví dụ khác, trong tệp YAML cạnh quy tắc."


def _weight(rule: Rule) -> str:
    weighs = rule.severity.label
    if rule.severity is Severity.OFFICER and not rule.holds:
        weighs = "Để cán bộ cân nhắc, không giữ thư trả lời"
    concluded = f"; kết luận: {_CONCLUSIONS[rule.concludes]}" if rule.concludes else ""
    after = f"; không xét khi đã nêu {', '.join(rule.after)}" if rule.after else ""
    return f"{weighs}{concluded}{after}"


def _elsewhere(decider: Decider) -> str:
    lines = [f"### {decider.label}", ""]
    lines += (
        f'- <a id="{one.id.lower()}"></a>**{one.id} {one.title}.** {one.why} (`{one.done_by}`)'
        for one in DECIDED_ELSEWHERE
        if one.decider is decider
    )
    return "\n".join((*lines, ""))


def main(arguments: list[str]) -> int:
    """Write the page, or with --check only compare it: 1 when it is stale."""
    fresh = handbook()
    if "--check" in arguments:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
