"""Archives cut into parts so that each fits into a mail: put together again, or named as such."""

import re
import struct
from collections.abc import Sequence
from dataclasses import replace

from dossier import Attachment

IN_PARTS = (
    "một phần của tệp nén chia nhiều phần; cần đủ các phần trong một thư, hoặc gửi rời từng tệp"
)
"""What to send instead, as a clause after the file's name."""

_CUT = re.compile(r"(?i)^(?P<whole>.+\.(?:7z|zip))\.(?P<number>\d{3})$")
"""How 7-Zip names the pieces of a file it merely cut: one after the other they are the file."""
_SPLIT = re.compile(r"(?i)^(?P<stem>.+)\.z(?P<number>\d{2})$")
_VOLUME = re.compile(r"(?i)^(?P<stem>.+)\.part(?P<number>\d+)\.rar$")
_NOT_JOINED = "một phần của tệp nén chia nhiều phần, máy chưa ghép được, cán bộ sẽ mở xem"
_END_MARK, _END = b"PK\5\6", struct.Struct("<4s4H2IH")
_ENTRY_MARK, _ENTRY_HEAD = b"PK\1\2", 46
_PART = re.compile(r"(?i)\.(?:part\d+\.rar|(?:7z|zip|rar)\.\d{3}|[rz]\d{2})$")


def is_part(name: str) -> bool:
    """Tell a part of an archive by its name, as the programs that cut archives give it."""
    return bool(_PART.search(name.strip()))


def joined(attachments: Sequence[Attachment]) -> list[Attachment]:
    """The same files, those cut into pieces in one where every piece is there.

    The whole stands where its first piece stood. Parts of a .rar are no mere pieces and stay.
    """
    whole: dict[str, Attachment] = {}
    taken: set[str] = set()
    for name, found in _series(attachments).items():
        if not name.lower().endswith(".rar") and _is_complete(found):
            pieces = [found[number] for number in sorted(found)]
            raws = [piece.raw for piece in pieces]
            raw = _mended_zip(raws) if _SPLIT.match(pieces[0].name.strip()) else b"".join(raws)
            whole[pieces[0].name] = replace(pieces[0], name=name, raw=raw)
            taken |= {piece.name for piece in pieces}
    return [
        whole.get(attachment.name, attachment)
        for attachment in attachments
        if attachment.name not in taken or attachment.name in whole
    ]


def reasons(attachments: Sequence[Attachment]) -> dict[str, str]:
    """By name, why a part of an archive stays unread: which parts did not come."""
    told: dict[str, str] = {}
    for found in _series(attachments).values():
        last = max(found)
        absent = [str(number) for number in range(1, last + 1) if number not in found]
        if absent:
            says = f"{IN_PARTS} (chưa có phần {', '.join(absent)})"
        elif len(found) > 1:
            says = f"{_NOT_JOINED} (đã có {last} phần)"
        else:
            says = f"{IN_PARTS} (mới có phần {last})"
        told |= {one.name: says for one in found.values()}
    return told


def _series(attachments: Sequence[Attachment]) -> dict[str, dict[int, Attachment]]:
    """The parts of each archive by their numbers, from 1."""
    series: dict[str, dict[int, Attachment]] = {}
    for attachment in attachments:
        name = attachment.name.strip()
        if match := _CUT.match(name):
            series.setdefault(match["whole"], {})[int(match["number"])] = attachment
        elif match := _SPLIT.match(name):
            series.setdefault(f"{match['stem']}.zip", {})[int(match["number"])] = attachment
        elif match := _VOLUME.match(name):
            series.setdefault(f"{match['stem']}.rar", {})[int(match["number"])] = attachment
    for attachment in attachments:  # the last part of a split .zip is called like a whole one
        parts = series.get(attachment.name.strip())
        if parts and _SPLIT.match(parts[max(parts)].name.strip()):
            parts[max(parts) + 1] = attachment
    return {name: dict(sorted(found.items())) for name, found in series.items() if 0 not in found}


def _is_complete(found: dict[int, Attachment]) -> bool:
    numbered_on = len(found) > 1 and sorted(found) == list(range(1, len(found) + 1))
    is_split = bool(_SPLIT.match(found[min(found)].name.strip()))
    return numbered_on and (not is_split or found[max(found)].name.lower().endswith(".zip"))


def _mended_zip(pieces: Sequence[bytes]) -> bytes:
    """A .zip split by its own program, in one: its list says on which disk a file begins.

    APPNOTE.TXT 4.3.12 and 4.3.16; what is no such list is left as it came.
    """
    starts = [sum(map(len, pieces[:number])) for number in range(len(pieces))]
    raw = bytearray(b"".join(pieces))
    end = raw.rfind(_END_MARK)
    if end < 0 or end + _END.size > len(raw):
        return bytes(raw)
    mark, _, disk, _, count, size, at, comment = _END.unpack_from(raw, end)
    at = _moved(at, disk, starts)
    _END.pack_into(raw, end, mark, 0, 0, count, count, size, at, comment)
    for _ in range(count):
        if raw[at : at + 4] != _ENTRY_MARK or at + _ENTRY_HEAD > len(raw):
            break
        name, extra, note, disk = struct.unpack_from("<4H", raw, at + 28)
        (begins,) = struct.unpack_from("<I", raw, at + 42)
        struct.pack_into("<H", raw, at + 34, 0)
        struct.pack_into("<I", raw, at + 42, _moved(begins, disk, starts) & 0xFFFFFFFF)
        at += _ENTRY_HEAD + name + extra + note
    return bytes(raw)


def _moved(at: int, disk: int, starts: Sequence[int]) -> int:
    return at + starts[disk] if disk < len(starts) else at
