"""C25: what the cover letter says it encloses came with it."""

from collections.abc import Iterator

from dossier import Call, CoverLetter, Dossier
from dossier.vietnamese import fold
from rules.papers import is_plain
from rules.rule import Finding, Severity, missing, rule

_COMMITMENT = "cam ket"


@rule(
    "C25",
    Severity.WARNING,
    title="Tài liệu nêu trong công văn có tệp kèm theo",
    after=("S17", "C07"),
)
def enclosure_absent(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Công văn liệt kê tài liệu kèm theo mà tệp chưa đến thì có thể đơn vị đã quên đính kèm.

    Công văn, bảng tổng hợp và phiếu đã có quy tắc riêng; ở đây chỉ xét văn bản cam kết, vì tên
    gọi của các tài liệu khác không đủ rõ để đối chiếu với tệp.
    """
    if dossier.commitment_letters:
        return
    for letter in dossier.cover_letters:
        named = _announced(letter)
        if named and is_plain(letter):
            yield missing(
                dossier,
                at=letter.at,
                says=f"Công văn nêu có “{named}” kèm theo nhưng chưa thấy tệp.",
                remedy="Gửi bổ sung tài liệu này.",
            )
            return


def _announced(letter: CoverLetter) -> str:
    return next((one for one in letter.enclosures if _COMMITMENT in fold(one)), "")
