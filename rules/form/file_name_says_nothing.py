"""F10: names that say nothing of what is in a file; we rename, nobody is told."""

import re
from collections.abc import Iterator

from dossier import Call, Dossier
from dossier.vietnamese import key
from rules.rule import Finding, Severity, fail, rule
from rules.wording import listed

_SAYS_NOTHING = re.compile(
    r"(new |ban sao )?(microsoft )?(word |excel |open )*(document|worksheet|spreadsheet)s?( \d+)?"
    r"|(scan|img|image|anh|photo|dsc|doc|docs|file|tep|untitled|book|sach|page|trang|kmbt|canon"
    r"|camscanner|zalo|z)( ?[a-z]?\d[\d ]*[a-z]*| [a-f\d]{8,})?( \d+)*"
    r"|tai lieu( moi)?( \d+)?|[\d ]{1,20}|[a-f\d]{12,}"
)
_SHOWN = 4


@rule("F10", Severity.INFO, title="Tên tệp cho biết nội dung")
def file_name_says_nothing(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Tên tệp không nói lên nội dung thì dễ lẫn; khi tổng hợp máy đặt lại tên cho từng tệp."""
    files = dict.fromkeys(paper.at.file for paper in dossier.papers())
    bare = (file.rpartition("/")[2] for file in files)
    names = [name for name in bare if _SAYS_NOTHING.fullmatch(key(name.rpartition(".")[0]))]
    if names:
        more = f" và {len(names) - _SHOWN} tệp khác" if len(names) > _SHOWN else ""
        yield fail(
            says=f"Tên tệp không cho biết nội dung: {listed(names[:_SHOWN])}{more}.",
            remedy="Không cần làm gì; tệp được đặt tên lại khi tổng hợp.",
        )
