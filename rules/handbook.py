"""Publish the rules as one Markdown page; `python -m rules.handbook --check` fails when stale."""

import sys
from pathlib import Path

from rules.catalogue import FAMILIES, catalogue
from rules.elsewhere import DECIDED_ELSEWHERE, Decider
from rules.examples import examples
from rules.rule import Rule, Severity, State

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"

_FAMILY_NAMES = dict(
    zip(
        FAMILIES,
        (
            "Tiếp nhận (S)",
            "Thời hạn (D)",
            "Thành phần hồ sơ (C)",
            "Hình thức (F)",
            "Thống nhất giữa các tài liệu (N)",
            "Điều kiện của nhiệm vụ (E)",
        ),
        strict=True,
    )
)
_CONCLUSIONS = {
    State.NIL_RETURN: "Kết luận: ghi nhận đơn vị không có đề xuất.",
    State.RESEND: "Kết luận: đề nghị gửi lại tệp.",
}
_HEAD = """\
# Danh mục quy tắc kiểm tra hồ sơ

Trang này được tạo từ chính các quy tắc (`python -m rules.handbook`); không sửa bằng tay.

Mỗi quy tắc nêu điều được kiểm tra, lý do, căn cứ với nguyên văn của văn bản, và ví dụ với đúng câu
mà đơn vị hoặc cán bộ sẽ đọc. Mức của một quy tắc:

- **Thiếu, phải bổ sung**: hồ sơ chưa đủ; đơn vị được đề nghị bổ sung, tất cả trong một thư.
- **Cán bộ quyết định**: máy không kết luận; cán bộ xem trước khi trả lời.
- **Nên sửa**: nêu trong thư như nội dung lưu ý thêm, không cản trở hồ sơ.
- **Lưu ý**: ghi nhận, không yêu cầu gì.

“Không xác định” nghĩa là máy không đủ căn cứ để kết luận và giao cho cán bộ. Máy không bao giờ báo
thiếu một văn bản khi còn tệp chưa đọc được có thể chứa văn bản đó, và không bao giờ từ chối hồ sơ.
"""


def handbook() -> str:
    """Every rule: what it asks, why, on what ground, and what a unit would read."""
    parts = [_HEAD]
    for family in FAMILIES:
        parts.append(f"\n## {_FAMILY_NAMES[family]}\n")
        parts += (_section(rule) for rule in catalogue() if rule.id.startswith(family))
    parts.append("\n## Những yêu cầu không do quy tắc nào ở trên quyết định\n")
    parts += map(_elsewhere, Decider)
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    lines = [f"### {rule.id} {rule.title}", "", f"*{_weight(rule)}*", "", rule.why]
    if rule.after:
        lines += ["", f"Không xét khi đã nêu {', '.join(rule.after)}."]
    if rule.cites:
        lines += ["", "Căn cứ:", ""]
        lines += (f"- “{one.words}” ({one.source}, {one.clause})" for one in rule.cites)
    lines += ["", "Ví dụ:", ""]
    for example in examples(rule):
        lines += (f"- {example.name}: {said}" for said in example.expect or ("Đạt.",))
    return "\n".join((*lines, ""))


def _weight(rule: Rule) -> str:
    concluded = _CONCLUSIONS.get(rule.concludes) if rule.concludes else None
    beside = rule.severity is Severity.OFFICER and not rule.holds
    shown = "nêu để cán bộ biết, không giữ thư trả lời" if beside else None
    return ". ".join(part.rstrip(".") for part in (rule.severity.label, concluded, shown) if part)


def _elsewhere(decider: Decider) -> str:
    lines = [f"### {decider.label}", ""]
    lines += (
        f"- **{one.id} {one.title}.** {one.why}"
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
