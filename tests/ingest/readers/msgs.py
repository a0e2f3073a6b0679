"""Build .msg files: properties in a compound file ([MS-OXMSG] on [MS-CFB]), for one test each."""

import struct
from dataclasses import dataclass, field

_SECTOR, _SMALL = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_CUTOFF = 4_096
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_TEXT, _BINARY = 0x001F, 0x0102

Tree = dict[str, "bytes | Tree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file, or a mail, attached to a mail."""

    name: str
    raw: bytes = b""
    mail: "Mail | None" = None
    inline: bool = False
    is_link: bool = False
    """Only its name is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as Outlook saves it."""

    subject: str = ""
    body: str = ""
    page: bytes = b""
    attached: tuple[Attached, ...] = ()


def msg(mail: Mail) -> bytes:
    """The bytes of the file."""
    return _Compound().made(_tree(mail, struct.pack("<8x4I8x", 0, 0, 0, len(mail.attached))))


def compound(tree: Tree) -> bytes:
    """Any compound file."""
    return _Compound().made(tree)


def _tree(mail: Mail, head: bytes) -> Tree:
    tree = _properties(
        head,
        {
            0x001A: "IPM.Note",
            0x0037: mail.subject,
            **({0x1000: mail.body} if mail.body else {}),
            **({0x1013: mail.page} if mail.page else {}),
        },
    )
    for number, attached in enumerate(mail.attached):
        tree[f"__attach_version1.0_#{number:08X}"] = _attachment(attached)
    return tree


def _attachment(attached: Attached) -> Tree:
    known: dict[int, str | bytes] = {0x3707: attached.name}
    if attached.inline:
        known[0x3712] = "image001@01DA"
    if attached.mail is None and not attached.is_link:
        known[0x3701] = attached.raw
    tree = _properties(bytes(8), known)
    if attached.mail is not None:
        head = struct.pack("<8x4I", 0, 0, 0, len(attached.mail.attached))
        tree["__substg1.0_3701000D"] = _tree(attached.mail, head)
    return tree


def _properties(head: bytes, known: dict[int, str | bytes]) -> Tree:
    table, tree = head, Tree()
    for tag, value in known.items():
        kind = _TEXT if isinstance(value, str) else _BINARY
        raw = value.encode("utf-16-le") if isinstance(value, str) else value
        table += struct.pack("<HHIII", kind, tag, 6, len(raw), 0)
        tree[f"__substg1.0_{tag:04X}{kind:04X}"] = raw
    tree["__properties_version1.0"] = table
    return tree


@dataclass(slots=True)
class _Compound:
    """A compound file in the making: folders, small streams, large streams."""

    entries: list[bytes] = field(default_factory=list[bytes])
    small: bytearray = field(default_factory=bytearray)
    small_chain: list[int] = field(default_factory=list[int])
    large: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list[int])

    def made(self, tree: Tree) -> bytes:
        self.entries.append(b"")
        first = self._children(tree)
        mini_start = self._large(bytes(self.small)) if self.small else _END
        self.entries[0] = _entry("Root Entry", _ROOT, _FREE, first, (mini_start, len(self.small)))
        table = b"".join(struct.pack("<I", one) for one in self.small_chain)
        minis = -(-len(table) // _SECTOR)
        mini_fat = self._large(table.ljust(minis * _SECTOR, b"\xff")) if table else _END
        folder = b"".join(self.entries)
        filler = _entry("", 0, _FREE, _FREE, (0, 0)) * (-len(self.entries) % 4)
        directory = self._large(folder + filler)
        fats = 1
        while fats * _SECTOR // 4 < len(self.chain) + fats:
            fats += 1
        places = range(len(self.chain), len(self.chain) + fats)
        chain = [*self.chain, *[_FAT] * fats]
        fat = b"".join(struct.pack("<I", one) for one in chain)
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        head += struct.pack("<4I", 0, fats, directory, 0)
        head += struct.pack("<5I", _CUTOFF, mini_fat, minis, _END, 0)
        head += b"".join(struct.pack("<I", one) for one in places)
        fat = fat.ljust(fats * _SECTOR, b"\xff")
        return head.ljust(_SECTOR, b"\xff") + bytes(self.large) + fat

    def _children(self, tree: Tree) -> int:
        """Put what a folder holds, each beside the one before; the number of the first."""
        following = _FREE
        for name, held in reversed(tree.items()):
            number = len(self.entries)
            self.entries.append(b"")
            if isinstance(held, bytes):
                start = self._small(held) if len(held) < _CUTOFF else self._large(held)
                made = _entry(name, _STREAM, following, _FREE, (start, len(held)))
            else:
                made = _entry(name, _STORAGE, following, self._children(held), (0, 0))
            self.entries[number] = made
            following = number
        return following

    def _small(self, raw: bytes) -> int:
        start = len(self.small_chain)
        count = -(-len(raw) // _SMALL)
        self.small_chain += [*range(start + 1, start + count), _END][:count]
        self.small += raw.ljust(count * _SMALL, b"\0")
        return start if count else _END

    def _large(self, raw: bytes) -> int:
        start = len(self.chain)
        count = -(-len(raw) // _SECTOR)
        self.chain += [*range(start + 1, start + count), _END]
        self.large += raw.ljust(count * _SECTOR, b"\0")
        return start


def _entry(name: str, kind: int, right: int, child: int, place: tuple[int, int]) -> bytes:
    """One line of the directory; `place` is the first sector and the size."""
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<H", len(raw) + 2 if name else 0)
    head += struct.pack("<BBIII", kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", *place)
