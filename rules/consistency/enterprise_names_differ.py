"""N07: one tax code bears one name."""

from collections.abc import Iterator

from dossier import Call, CommitmentLetter, Dossier
from rules.papers import is_plain, own_words
from rules.rule import Finding, Severity, fail, rule


@rule("N07", Severity.WARNING, title="Tên và mã số doanh nghiệp thống nhất")
def enterprise_names_differ(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Một mã số doanh nghiệp mang hai tên khác hẳn nhau thì một trong hai chỗ ghi nhầm.

    Cách viết tắt loại hình (Công ty TNHH, Cty TNHH, CTCP) không kể là khác tên.
    """
    first: dict[str, CommitmentLetter] = {}
    for letter in dossier.commitment_letters:
        if not (letter.tax_code and letter.enterprise and is_plain(letter)):
            continue
        known = first.setdefault(letter.tax_code, letter)
        if not _one_name(known.enterprise, letter.enterprise):
            yield fail(
                at=letter.at,
                says=f"Mã số {letter.tax_code} mang hai tên doanh nghiệp: “{known.enterprise}” và "
                f"“{letter.enterprise}”.",
                remedy="Xác nhận tên và mã số đúng.",
            )


def _one_name(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = own_words(one), own_words(other)
    return not first or not second or bool(first & second)
