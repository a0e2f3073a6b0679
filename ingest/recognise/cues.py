"""Cues a role is told by, what they weigh, and how sure each makes us."""

import re
from collections.abc import Sequence

from dossier import Role
from dossier.vietnamese import fold
from ingest.recognise.section import SectionRead

MARGIN = 4
"""Two roles closer than this are a guess (domain.md §6.2)."""
DOUBT = 0.6
"""Confidence in a guess."""
TITLED = 0.97
"""Confidence in what a title or as good as one says."""

_CUES: dict[Role, tuple[tuple[str, int], ...]] = {
    Role.PROPOSAL_FORM: (
        (r"phieu de xuat", 6),
        (r"mau a[123]\s*-?\s*dx(?:nv|tn)", 5),
        (r"dung cho (?:de tai|du an|de an)", 3),
        (r"to chuc, ca nhan de xuat", 3),
        (r"khong qua [46] trang", 3),
    ),
    Role.COMMITMENT_LETTER: (
        (r"cam ket\b[^.;\n]{0,30}(?:doi ung|dong tai tro|phoi hop|tiep nhan|tham gia)", 4),
        (r"(?:chung toi|cong ty|doanh nghiep|hop tac xa|htx|co so)[^\n]{0,60}cam ket", 3),
        (r"cam ket (?:nhung|cac|nhu|thuc hien)", 2),
        (r"dang ky tham gia|nhu cau[^.;\n]{0,20}tham gia|tham gia nhiem vu", 3),
        (r"doi ung", 2),
        (r"(?:tiep nhan|ung dung|ap dung)[^.;\n]{0,60}ket qua", 2),
        (r"ma so (?:doanh nghiep|thue|htx)|\bmst\b", 1),
        (r"chiu trach nhiem[^.;\n]{0,20}truoc phap luat", 1),
    ),
    Role.COVER_LETTER: (
        (r"\bv/v\b", 4),
        (r"luu\s*:?\s*(?:vt|vp|vx|cv)", 3),
        (r"noi nhan", 3),
        (r"kinh gui", 3),
        (r"nhu (?:tren|kinh gui)", 2),
        (r"^(?:t/?m|kt|tl)\.", 2),
        (r"cong hoa xa hoi", 1),
    ),
}
BLANKS = re.compile(r"[.…_]{4,}|(?:\. ){4,}|…{2,}")
"""Dots to write on."""


def score(read: SectionRead, role: Role) -> int:
    """How much speaks for a role: the weights of its cues that stand in the section."""
    return sum(weight for cue, weight in _CUES[role] if re.search(cue, read.text, re.MULTILINE))


def says(phrases: Sequence[str], folded: str) -> bool:
    """Whether one of the phrases, whole words of it, stands in a folded text."""
    return any(re.search(rf"{re.escape(fold(one))}\b", folded) for one in phrases)
