"""E10: an enterprise that takes part is lawfully established; its tax code is what we can see."""

import re
from collections.abc import Iterator

from dossier import Call, CommitmentLetter, Dossier
from rules.papers import is_plain
from rules.rule import Citation, Finding, Severity, rule, unknown

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_CODE = re.compile(r"(?P<whole>\d{10})(?:-\d{3})?")
_OF_A_PERSON = re.compile(r"\d{12}")
"""Since 7/2025 a household pays tax under its owner's personal number, which has no check digit."""


@rule(
    "E10",
    Severity.OFFICER,
    title="Doanh nghiệp được thành lập, hoạt động theo pháp luật",
    cites=(
        Citation(
            "tt-15-2022",
            "Điều 5 khoản 5",
            "Doanh nghiệp được hỗ trợ từ Chương trình là doanh nghiệp được thành lập và hoạt động "
            "theo quy định của pháp luật",
        ),
    ),
)
def tax_code_odd(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Máy không tra cứu qua mạng; chỉ xem văn bản cam kết có mã số và mã số có hợp lý không.

    Chữ số cuối của mã số mười chữ số tính được từ chín chữ số đầu; không khớp thường do gõ nhầm.
    Cán bộ tra cứu trên Cổng thông tin đăng ký doanh nghiệp khi cần.
    """
    asked: set[str] = set()
    for letter in dossier.commitment_letters:
        odd = _odd(letter)
        if odd and is_plain(letter) and letter.enterprise not in asked:
            asked.add(letter.enterprise)
            yield unknown(
                at=letter.at,
                says=f"Văn bản cam kết của “{letter.enterprise or letter.at.file}” {odd}.",
                remedy="Cán bộ tra cứu mã số doanh nghiệp.",
            )


def _odd(letter: CommitmentLetter) -> str:
    code = letter.tax_code.replace(" ", "").replace(".", "")
    if not code:
        return "chưa ghi mã số doanh nghiệp"
    known = _CODE.fullmatch(code)
    if _OF_A_PERSON.fullmatch(code) or (known and _adds_up(known["whole"])):
        return ""
    return f"ghi mã số {letter.tax_code}, không khớp chữ số kiểm tra"


def _adds_up(code: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code[:9], strict=True))
    return 10 - total % 11 == int(code[9])
