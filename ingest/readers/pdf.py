"""Read .pdf with a text layer: lines, ruled tables, and which pages are only pictures."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeAlias

import pypdfium2

from dossier import Signature, Text, UnreadCause
from ingest.content import Content, UnreadableError, Unseen
from ingest.ocr.engine import Engine
from ingest.readers import signatures
from ingest.readers.pages import Layout
from ingest.readers.pdf_lines import crowded
from ingest.readers.pdf_page import Page, page_of
from ingest.readers.pdf_pictures import (
    FEW_LETTERS,
    by_eye,
    has_large_picture,
    is_scanned,
    was_recognised,
)
from ingest.readers.scan import Scanned, inks, marks, unseen

MAX_PAGES = 200
Document: TypeAlias = pypdfium2.PdfDocument
DamagedPageError = pypdfium2.PdfiumError
_PASSWORD = 4
_MAIMED_WORDS = 2
_CROWDED_LINES = 3
_TAIL = 2_048
"""Bytes at the end of a file within which its end mark stands."""


def read(raw: bytes, engine: Engine | None = None) -> Content:
    """Read every page; one that is only a picture is read by eye where there is an engine.

    A page that stays unread is in `scanned_pages`. A ruled table is a `Table`, across pages too,
    and its words stand in no line.
    """
    document = opened(raw)
    try:
        count = len(document)
        found = [page_of(document, index) for index in range(min(count, MAX_PAGES))]
        enclosed = document.count_attachments()
        pages = [page or Page(1.0, 1.0) for page in found]
        seen = by_eye(document, pages, engine) if engine else {}
    finally:
        document.close()
    if not count:
        raise UnreadableError(UnreadCause.EMPTY, "tệp PDF không có trang nào")
    damaged = tuple(number for number, page in enumerate(found, start=1) if page is None)
    if damaged and len(damaged) == len(found):
        raise UnreadableError(UnreadCause.BROKEN, "tệp PDF hỏng, không mở được trang nào")
    scanned = tuple(
        number
        for number, page in enumerate(pages, start=1)
        if (not seen[number].is_legible if number in seen else is_scanned(page))
    )
    if not damaged and all(page.letters < FEW_LETTERS for page in pages):
        _refuse_wordless(pages, scanned, is_cut=_is_cut(raw))
    signed = signatures.signatures(raw)
    layout = Layout(pages)
    items = tuple(layout.items())
    lost = layout.written.maimed >= _MAIMED_WORDS
    recognised = (
        lost or any(map(was_recognised, pages)) or any(one.is_legible for one in seen.values())
    )
    return Content(
        items=items,
        margins=(
            *layout.margins,
            *(line for number, one in seen.items() for line in marks(number, one)),
        ),
        text=Text.OCR if recognised else Text.NATIVE,
        pages=count,
        scanned_pages=scanned,
        pictures=sum(len(page.pictures) for page in pages),
        legacy=tuple(sorted(layout.written.legacy)),
        unseen=(
            *map(_damaged, damaged),
            *_unseen(layout, seen, count, lost=lost),
            *_beyond_pages(raw, enclosed),
        ),
        notes=tuple(_notes(raw, signed)),
        signatures=signed,
        inks=tuple(ink for number, one in seen.items() for ink in inks(number, one)),
    )


def opened(raw: bytes) -> Document:
    """The file, to be closed by who asked. Raises UnreadableError."""
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UnreadableError(UnreadCause.ENCRYPTED, "tệp PDF đặt mật khẩu") from error
        raise UnreadableError(UnreadCause.BROKEN, "tệp PDF hỏng, không mở được") from error


def broken_page(number: int) -> UnreadableError:
    """Why page `number` cannot be shown."""
    return UnreadableError(UnreadCause.BROKEN, f"trang {number} hỏng, không mở được")


def _is_cut(raw: bytes) -> bool:
    """Tell a file that lacks its end mark: whoever stored or sent it stopped half way."""
    return b"%%EOF" not in raw[-_TAIL:]


def _refuse_wordless(pages: list[Page], scanned: tuple[int, ...], *, is_cut: bool) -> None:
    if scanned:
        raise UnreadableError(UnreadCause.SCAN, "bản quét hoặc ảnh chụp, chưa đọc tự động được chữ")
    if is_cut:
        raise UnreadableError(UnreadCause.BROKEN, "tệp PDF bị cắt ngang")
    if not any(page.letters or page.pictures for page in pages):
        raise UnreadableError(UnreadCause.EMPTY, "tệp PDF không có chữ nào")


def _damaged(number: int) -> Unseen:
    reason = "trang hỏng, không mở được"
    return Unseen(spot=f"trang {number}", cause=UnreadCause.BROKEN, reason=reason)


def _unseen(
    layout: Layout, seen: Mapping[int, Scanned], count: int, *, lost: bool
) -> Iterator[Unseen]:
    for number, page in enumerate(layout.pages, start=1):
        spot = f"trang {number}"
        if number in seen:
            yield from unseen(number, seen[number])
            continue
        if is_scanned(page):
            yield Unseen(spot=spot, cause=UnreadCause.SCAN, reason="trang quét, chưa đọc được chữ")
        elif has_large_picture(page):
            reason = "ảnh lớn, có thể là ảnh chụp trang giấy"
            yield Unseen(spot=spot, cause=UnreadCause.SCAN, reason=reason)
        if crowded(chain(*layout.lines[number - 1])) >= _CROWDED_LINES:
            reason = "chữ bị cắt hoặc in chồng lên nhau, cần người đọc lại"
            yield Unseen(spot=spot, cause=UnreadCause.UNSUPPORTED, reason=reason)
    if lost:
        reason = "phông chữ cũ làm mất chữ “ư” trong tệp, cần người đọc lại"
        yield Unseen(spot="cả tệp", cause=UnreadCause.UNSUPPORTED, reason=reason)
    if count > MAX_PAGES:
        reason = f"chỉ đọc {MAX_PAGES} trang đầu"
        yield Unseen(spot=f"từ trang {MAX_PAGES + 1}", cause=UnreadCause.TOO_LARGE, reason=reason)


def _beyond_pages(raw: bytes, enclosed: int) -> Iterator[Unseen]:
    """What no page shows: files inside the file, and what was cut off its end."""
    if enclosed:
        reason = f"{enclosed} tệp đính kèm bên trong PDF chưa đọc tự động được"
        yield Unseen(spot="cả tệp", cause=UnreadCause.UNSUPPORTED, reason=reason)
    if _is_cut(raw):
        reason = "tệp PDF bị cắt ngang, có thể thiếu trang"
        yield Unseen(spot="cả tệp", cause=UnreadCause.BROKEN, reason=reason)


def _notes(raw: bytes, signed: tuple[Signature, ...]) -> Iterator[str]:
    if b"/JavaScript" in raw or b"/Launch" in raw:
        yield "tệp PDF có lệnh tự chạy (không được chạy)"
    yield from signatures.notes(signed)
