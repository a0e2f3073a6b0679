"""An Office Open XML package (.docx, .xlsx): its parts, opened with care.

Strict and transitional files name the same things in different namespaces, so elements and
attributes are known by their local names only.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast
from zipfile import BadZipFile, ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from dossier import UnreadCause
from ingest.content import UnreadableError

MAX_ENTRIES = 5_000
MAX_TOTAL = 200 << 20
MAX_PART = 60 << 20
_ABSURD = 1 << 32
_DOCTYPE_HEAD = 4_096
BROKEN_ZIP = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
)
"""What `zipfile` raises on damage, as far as it is not a ValueError."""


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    for key, found in attributes(element):
        if key == name or key.endswith(f"}}{name}"):
            return found
    return None


def attributes(element: Element) -> Sequence[tuple[str, str]]:
    """An element's attributes with their namespaces; lxml's stubs think they could be bytes."""
    return cast("Sequence[tuple[str, str]]", element.items())


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, or the first grandchild along a path of names."""
    for name in path:
        if element is None:
            return None
        # libxml2 compares the names itself: a tenth of the time a loop of ours takes.
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `val` attribute of a child."""
    return attribute(child(element, *path), "val")


def switch(element: Element | None, *path: str) -> bool | None:
    """An on/off child: absent is None, present without a value is on."""
    found = child(element, *path)
    return None if found is None else is_on(found)


def is_on(found: Element) -> bool:
    """Tell what an on/off element says: without a value it is on."""
    return attribute(found, "val") not in {"0", "false", "off"}


def whole(text: str | None, otherwise: int = 0, base: int = 10) -> int:
    """A whole number as an attribute writes it; anything absurd is `otherwise`."""
    try:
        number = int(text or "", base)
    except ValueError:
        return otherwise
    return number if abs(number) < _ABSURD else otherwise


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to."""

    id: str
    kind: str
    """The last word of the relationship's type: “styles”, “image”, “header”."""
    target: str
    """A part's name, or an address when `external`."""
    external: bool


class Package:
    """The parts of a package, with the guards of documents.md §1 before anything is parsed."""

    def __init__(self, raw: bytes) -> None:
        """Raise `UnreadableError` for a broken or an oversized package."""
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (*BROKEN_ZIP, ValueError) as error:
            raise UnreadableError(UnreadCause.BROKEN, "tệp hỏng, không mở được") from error
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(one.file_size for one in entries) > MAX_TOTAL:
            raise UnreadableError(
                UnreadCause.TOO_LARGE, "tệp bung ra quá lớn, vượt giới hạn an toàn (200 MB)"
            )
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        self._relations: dict[str, tuple[Relation, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every part's name."""
        return tuple(self._entries)

    @property
    def has_macros(self) -> bool:
        """Tell a package that carries a Visual Basic project."""
        return any(name.lower().endswith("vbaproject.bin") for name in self.names)

    def bytes_of(self, name: str) -> bytes | None:
        """A part's bytes; None when it is not there."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > MAX_PART:
            raise UnreadableError(
                UnreadCause.TOO_LARGE, "một phần của tệp quá lớn, vượt giới hạn an toàn (60 MB)"
            )
        try:
            return self._archive.read(entry)
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise UnreadableError(UnreadCause.ENCRYPTED, "tệp đặt mật khẩu") from error
        except (*BROKEN_ZIP, ValueError) as error:
            raise UnreadableError(UnreadCause.BROKEN, "tệp hỏng, không mở được") from error

    def refuse_entities(self) -> None:
        """Raise `UnreadableError` when any part declares entities, before another parser runs."""
        for name, entry in self._entries.items():
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            try:
                with self._archive.open(entry) as part:
                    head = part.read(_DOCTYPE_HEAD)
            except RuntimeError as error:
                raise UnreadableError(UnreadCause.ENCRYPTED, "tệp đặt mật khẩu") from error
            except (*BROKEN_ZIP, ValueError) as error:
                raise UnreadableError(UnreadCause.BROKEN, "tệp hỏng, không mở được") from error
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                reason = "tệp chứa khai báo XML không an toàn nên không mở"
                raise UnreadableError(UnreadCause.UNSAFE, reason)

    def tree(self, name: str) -> Element | None:
        """A part as XML; None when it is not there."""
        raw = self.bytes_of(name)
        if raw is None:
            return None
        if b"<!DOCTYPE" in raw[:_DOCTYPE_HEAD] or b"<!ENTITY" in raw[:_DOCTYPE_HEAD]:
            raise UnreadableError(
                UnreadCause.UNSAFE, "tệp chứa khai báo XML không an toàn nên không mở"
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,  # keeps libxml2's limits on depth and on the growth of entities
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                raise UnreadableError(
                    UnreadCause.TOO_LARGE, "tệp lồng nhau quá sâu, vượt giới hạn an toàn"
                ) from error
            if "resource limit" in str(error).lower():
                reason = "tệp có đoạn chữ quá dài, vượt giới hạn an toàn (10 MB)"
                raise UnreadableError(UnreadCause.TOO_LARGE, reason) from error
            raise UnreadableError(UnreadCause.BROKEN, "tệp hỏng bên trong (XML sai)") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError(
                UnreadCause.UNSAFE, "tệp chứa khai báo XML không an toàn nên không mở"
            )
        return root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part points to; the package itself is the part “”."""
        if part not in self._relations:
            folder, _, name = part.rpartition("/")
            root = self.tree(f"{folder}/_rels/{name}.rels".lstrip("/"))
            entries = () if root is None else root.iterchildren("{*}Relationship")
            self._relations[part] = tuple(_relation(entry, folder) for entry in entries)
        return self._relations[part]

    def main_part(self, otherwise: str) -> str:
        """The part the package is about."""
        found = (one.target for one in self.relations("") if one.kind == "officeDocument")
        return next(found, otherwise)


def _relation(entry: Element, folder: str) -> Relation:
    target = attribute(entry, "Target") or ""
    external = attribute(entry, "TargetMode") == "External"
    if not external:
        target = _resolved(target, folder)
    kind = (attribute(entry, "Type") or "").rpartition("/")[2]
    return Relation(attribute(entry, "Id") or "", kind, target, external)


def _resolved(target: str, folder: str) -> str:
    steps: list[str] = [] if target.startswith("/") else [one for one in folder.split("/") if one]
    for step in target.split("/"):
        if step == "..":
            steps[-1:] = []
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
