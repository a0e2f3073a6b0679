"""C25: what the cover letter says it encloses came with it."""

import re
from collections.abc import Iterator

from dossier import Call, CoverLetter, Dossier
from dossier.vietnamese import fold
from rules.papers import is_plain
from rules.rule import Finding, Severity, missing, rule

_COMMITMENT = "cam ket"
_ANOTHER_PAPER = re.compile(
    r"(\d+\s+)?(ban (sao|chup|photo)|giay|quyet dinh|hop dong|bao cao|thuyet minh|so do)\b"
)
_ASKED_PAPER = re.compile(r"\b(cong van|bang|danh muc|phieu|bieu|phu luc|mau)\b")


@rule(
    "C25",
    Severity.WARNING,
    title="Tài liệu nêu trong công văn có tệp kèm theo",
    after=("S17", "C07"),
)
def enclosure_absent(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Công văn liệt kê tài liệu kèm theo mà tệp chưa đến thì có thể đơn vị đã quên đính kèm.

    Công văn, bảng tổng hợp và phiếu đã có quy tắc riêng; ở đây xét văn bản cam kết và giấy tờ
    khác (bản sao, quyết định, hợp đồng). Khi hồ sơ còn tệp nào khác ngoài các văn bản được hỏi
    thì không nêu giấy tờ khác, vì tên gọi không đủ rõ để đối chiếu với tệp.
    """
    for letter in dossier.cover_letters:
        named = _absent(dossier, letter) if is_plain(letter) else ""
        if named:
            yield missing(
                dossier,
                at=letter.at,
                says=f"Công văn nêu có “{named}” kèm theo nhưng chưa thấy tệp.",
                remedy="Gửi bổ sung tài liệu này.",
            )
            return


def _absent(dossier: Dossier, letter: CoverLetter) -> str:
    for enclosure in letter.enclosures:
        words = fold(enclosure)
        commitment = _COMMITMENT in words
        another = bool(_ANOTHER_PAPER.match(words)) and not _ASKED_PAPER.search(words)
        if commitment and not dossier.commitment_letters:
            return enclosure
        if another and not commitment and not dossier.other_papers:
            return enclosure
    return ""
