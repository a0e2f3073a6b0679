"""Archives cut into parts so that each fits into a mail: put together again, or named as such."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dossier import Attachment

IN_PARTS = (
    "một phần của tệp nén chia nhiều phần; cần đủ các phần trong một thư, hoặc gửi rời từng tệp"
)
"""What to send instead, as a clause after the file's name."""

_CUT = re.compile(r"(?i)^(?P<whole>.+\.(?:7z|zip))\.(?P<number>\d{3})$")
"""How 7-Zip names the pieces of a file it merely cut: one after the other they are the file."""
_PART = re.compile(r"(?i)\.(?:part\d+\.rar|(?:7z|zip|rar)\.\d{3}|[rz]\d{2})$")


def is_part(name: str) -> bool:
    """Tell a part of an archive by its name, as the programs that cut archives give it."""
    return bool(_PART.search(name.strip()))


def joined(attachments: Sequence[Attachment]) -> list[Attachment]:
    """The same files, those cut into pieces in one where every piece is there.

    The whole stands where its first piece stood. Parts of a .rar are no mere pieces and stay.
    """
    pieces: dict[str, dict[int, Attachment]] = {}
    for attachment in attachments:
        if match := _CUT.match(attachment.name.strip()):
            pieces.setdefault(match["whole"], {})[int(match["number"])] = attachment
    whole = {name for name, found in pieces.items() if _is_complete(found)}
    kept: list[Attachment] = []
    for attachment in attachments:
        match = _CUT.match(attachment.name.strip())
        if not match or match["whole"] not in whole:
            kept.append(attachment)
        elif int(match["number"]) == 1:
            found = pieces[match["whole"]]
            raw = b"".join(found[number].raw for number in sorted(found))
            kept.append(replace(attachment, name=match["whole"], raw=raw))
    return kept


def _is_complete(found: dict[int, Attachment]) -> bool:
    return len(found) > 1 and sorted(found) == list(range(1, len(found) + 1))
