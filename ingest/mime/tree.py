"""What a mail taken apart is made of, and what was mended or left on the way."""

from dataclasses import dataclass
from enum import StrEnum


class Repair(StrEnum):
    """What was mended, in Vietnamese: the officer reads it beside the mail."""

    BOUNDARY = "đã dựng lại ranh giới giữa các phần của thư"
    HEADER_FOLD = "đã nối lại các dòng đầu thư bị ngắt sai"
    AFTER_END = "có phần nằm sau dòng kết thúc của thư"
    DECODED_MAIL = "đã giải mã thư được chuyển tiếp"
    UUENCODED = "đã tách tệp viết liền trong thân thư (uuencode)"
    NAMELESS = "thư không ghi tên tệp"
    TURNED_NAME = "tên tệp có ký tự đảo chiều che phần mở rộng"
    RESOURCE_FORK = "bỏ qua phần phụ của máy Mac (AppleDouble)"


class Left(StrEnum):
    """Why something in the mail may have stayed unread, in Vietnamese."""

    PARTS = "thư có quá nhiều phần, chưa đọc hết"
    DEPTH = "thư lồng nhau quá sâu, chưa đọc hết"
    CUT = "thư không có dòng kết thúc, có thể đã bị cắt mất một phần"
    FRAGMENT = "thư chỉ là một mảnh của thư dài hơn (message/partial)"
    BOUNDARY = "không tách được các phần của thư"
    STRAY = "trong thân thư còn dấu vết của tệp chưa tách được"
    YENC = "thân thư có tệp mã hóa yEnc chưa đọc được"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the tree, its transfer encoding taken off."""

    path: str
    """“1.2.1”; `u` marks a file found in a text, `m` a mail found in a file, `x` after the end."""
    content_type: str
    raw: bytes
    charset: str = ""
    name: str = ""
    disposition: str = ""
    content_id: str = ""
    """Without its angle brackets."""
    way: tuple[str, ...] = ()
    """Names of the forwarded mails it lies in, outermost first."""
    alternative: str = ""
    """Path of the outermost multipart/alternative around it."""
    flowed: bool = False
    delsp: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A forwarded mail: the way to it and its header fields."""

    way: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A mail taken apart."""

    headers: tuple[tuple[str, str], ...]
    """Names lower case; values unfolded, octets read as text, encoded words left as they are."""
    content_type: str
    part_types: tuple[str, ...]
    """Types of all parts of this mail, not of mails forwarded in it."""
    parts: tuple[Part, ...]
    nested: tuple[Nested, ...]
    notes: tuple[str, ...]
    unread: tuple[str, ...]
