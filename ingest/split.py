"""Split one file into its papers: at titles, at the national heading, at a new page (§3.4)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from dossier import Call, Role
from dossier.vietnamese import fold
from ingest.content import Content, Line, Table
from ingest.extract import names
from ingest.extract.passage import Passage, passages

_HEAD_LINES = 16
_LONG = 14
_BACK = 12


class Title(StrEnum):
    """What a title line says a paper is."""

    FORM = "form"
    TABLE = "table"
    COMMITMENT = "commitment"
    LETTER = "letter"  # tờ trình, báo cáo, công văn
    OTHER = "other"
    NATION = "nation"  # Quốc hiệu
    ANNEX = "annex"
    OWN = "own"  # a paper only this call asks for


Cue: TypeAlias = "tuple[str, Title]"
"""How a paper of a call begins its title, bare letters only, and what the title then says."""


_TITLES = (
    (Title.FORM, (r"^(?:phuluc[a-z]?\d{0,2}[ivx]{0,4})?(?:phieudexuat|phieuthuyetminhdexuat)"
                 r"|^maua[1-4]d?x(?:nv|tn)|^maua[1-4]dx|^mausoa[1-4]dx")),
    (Title.TABLE, (r"^(?:phuluc[a-z]?\d{0,2}[ivx]{0,4})?(?:bieu\d{0,2})?(?:bang"
                  r"|bieu)?tonghop(?:danhmuc|cac|de?xuat|nhiemvu|kinhphi)"
                  r"|^(?:phuluc\w{0,4})?bangtonghop"
                  r"|^(?:phuluc\w{0,4})?(?:bang)?danhmuc(?:tonghop)?(?:cac)?(?:de?xuat|nhiemvu"
                  r"|detai)|^(?:phuluc\w{0,4})?bangdanhmuc")),
    (Title.COMMITMENT, (r"^(?:ban|giay|vanban|thu|phieu|don|to|congvan)?(?:thehien|xacnhan|dangky"
                       r"|dongy|thoathuan|denghi)?(?:thamgia)?(?:nhucau)?(?:va|,)?(?:ban)?camket"
                       r"|^(?:ban|giay|vanban|thu|phieu|don)(?:thehien|xacnhan|dangky)(?:nhucau"
                       r"|thamgia)|^nhucauvacamket")),
    (Title.LETTER, (r"^(?:totrinh|congvan(?!den)|phieugui|vanbandexuat|dondexuat|baocao(?:dexuat"
                   r"|vviec|veviec|tonghop|ketqua|$)|baocao)")),
    (Title.OTHER, (r"^(?:quyetdinh|giaymoi|hopdong|bienban|giaychungnhan|giayphep|chungchi"
                  r"|chungnhan|thuyetminh|phieunhanxet|phieudanhgia|phieudangky|dondangky"
                  r"|kehoach|giayuyquyen|danhsach|lylich|soyeulylich|giaygioithieu|gioithieu"
                  r"|hosonangluc|baogia|bangbaogia|catalog|nghiquyet|thongbao|deankinhdoanh"
                  r"|duandautu|giaydenghi|hoadon|phieuthu|baocaotaichinh|bangcandoi|dieule"
                  r"|dutoan|bangdutoan|thongtu|nghidinh|bienlai|hinhanh|anhchup|quytrinh"
                  r"|certificate|brochure|profile|bangdiem|phieuyeucau|phieutiepnhan"
                  r"|totrinhduyet)")),
    (Title.NATION, r"^(?:.{0,60})conghoaxahoichunghia"),
    (Title.ANNEX, r"^phuluc(?:\d|[ivx]+|so|$)"),
)  # fmt: skip
_RUNNING = re.compile(r"^\W*[a-zà-ỹđ][^\n]*[.,;]\s*$")
"""A line that begins small and ends a sentence goes on from the one above: “bảng tổng hợp, …”."""
_NOT_A_TITLE = re.compile(r"^\s*(?:[-–+•*●]|\(?\d{1,2}\s*[.)]\s|\(?[a-zđ]\)\s)|[;,]\s*$|:\s*\S")
_FIRST_FIELD = re.compile(r"^\W*1\s*[.)/:-]\s*ten\s*(?:de tai|nhiem vu|du an|de an)")
_FORM_NOTE = re.compile(r"^ghi chu\s*:\s*phieu de xuat")
_ADDRESS = re.compile(
    r"\bmst\b|ma so|dien thoai|\bdt\b|email|dia chi|website|(?:xa|thi tran"
    r"|huyen) .{2,20}, (?:huyen|tinh)"
)
_SIGNS = re.compile(
    r"giam doc|chu tich|truong phong|^t/?m\.|^kt\.|thu truong|noi nhan|luu\s*:|bi thu"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a file that is one paper, as far as its layout tells."""

    items: tuple[Line | Table, ...]
    lines: tuple[Passage, ...]
    whole: bool
    """The file holds nothing else."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, outer before inner, in order."""
        return tuple(_tables(item for item in self.items if isinstance(item, Table)))

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on, where the format knows pages."""
        return tuple(sorted({line.page for line in self.lines if line.page is not None}))

    @property
    def where(self) -> str:
        """In words a person can follow: “trang 2-3”; empty when it is the whole file."""
        if self.whole or not self.lines:
            return ""
        if pages := self.pages:
            first, last = pages[0], pages[-1]
            return f"trang {first}" if first == last else f"trang {first}-{last}"
        return f"từ {self.lines[0].spot}"


def split(content: Content, own: tuple[Cue, ...] = ()) -> tuple[Section, ...]:
    """Cut a file's content into sections; a file with one paper gives one.

    `own` are the titles of the call's own papers (`titles_in`).
    """
    items = tuple(item for item in content.items if _is_legible(item))
    cuts = sorted({0, *_cuts(items, own)})
    parts = [items[start:end] for start, end in zip(cuts, [*cuts[1:], len(items)], strict=True)]
    kept = [part for part in parts if part]
    return tuple(
        Section(items=part, lines=tuple(passages(part)), whole=len(kept) == 1) for part in kept
    )


@lru_cache(maxsize=64)
def titles_in(call: Call) -> tuple[Cue, ...]:
    """What the call says its papers and forms call themselves, the longest first."""
    named = [(title, paper.role) for paper in call.papers for title in paper.titles]
    return tuple(
        sorted(
            ((_tight(title), _TITLE_OF.get(role, Title.OWN)) for title, role in named),
            key=lambda cue: -len(cue[0]),
        )
    )


def role_of_title(text: str, call: Call) -> str:
    """The call's own paper a title names, the longest title first; empty when it names none."""
    tight = _tight(text)
    named = [(_tight(title), one.role) for one in call.papers for title in one.titles if one.own]
    fits = [(start, role) for start, role in named if tight.startswith(start)]
    return max(fits, key=lambda one: len(one[0]))[1] if fits else ""


_TITLE_OF: Mapping[str, Title] = {
    Role.COVER_LETTER: Title.LETTER,
    Role.SUMMARY_TABLE: Title.TABLE,
    Role.PROPOSAL_FORM: Title.FORM,
    Role.COMMITMENT_LETTER: Title.COMMITMENT,
}


def title_of(text: str, own: tuple[Cue, ...] = ()) -> Title | None:
    """What a line says when it is a title; letters spaced out are read all the same."""
    if _NOT_A_TITLE.search(text) or _RUNNING.match(text) or len(text) > 220:  # noqa: PLR2004 -- a paragraph
        return None
    tight = _tight(text)
    if said := next((title for start, title in own if tight.startswith(start)), None):
        return said
    return next((title for title, pattern in _TITLES if re.match(pattern, tight)), None)


def _tight(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _tables(tables: Iterable[Table]) -> Iterator[Table]:
    for table in tables:
        yield table
        for cell in table.cells:
            yield from _tables(cell.tables)


def _is_legible(item: Line | Table) -> bool:
    if isinstance(item, Table):
        return not item.hidden and any(cell.text.strip() for cell in item.cells)
    return not item.hidden and bool(item.text.strip())


def _cuts(items: Sequence[Line | Table], own: tuple[Cue, ...]) -> Iterator[int]:
    start = 0
    fields_begun = False
    for place, item in enumerate(items):
        if place == 0:
            fields_begun = _begins_fields(item)
            continue
        before = items[place - 1]
        cut = None
        if (
            isinstance(item, Table) and (item.sheet or (isinstance(before, Table) and before.sheet))
        ) or (_is_form_note(before) and not _is_form_note(item)):
            cut = place
        elif (_begins_fields(item) and fields_begun) or (
            (title := _marker(items, place, own)) is not None
            and _has_body(items[start:place], title)
        ):
            cut = _back(items, place, start)
        if cut is not None and cut > start:
            yield cut
            start = cut
            fields_begun = False
        fields_begun = fields_begun or _begins_fields(item)


def _texts(item: Line | Table) -> tuple[str, ...]:
    return tuple(line.text for line in passages((item,)))


def _begins_fields(item: Line | Table) -> bool:
    return any(_FIRST_FIELD.match(fold(text)) for text in _texts(item)[:12])


def _is_form_note(item: Line | Table) -> bool:
    return isinstance(item, Line) and _FORM_NOTE.match(fold(item.text)) is not None


def _marker(items: Sequence[Line | Table], place: int, own: tuple[Cue, ...] = ()) -> Title | None:
    """Tell whether a new paper may begin here: a title set as one, or one at a page's top."""
    item = items[place]
    if isinstance(item, Table):
        head = _texts(item)[:12]
        titles = [
            title
            for text in head
            if (title := title_of(text, own)) in {Title.NATION, Title.FORM, Title.COMMITMENT}
        ]
        return titles[0] if titles else None
    texts = item.text.splitlines()[:2]
    title = next((found for text in texts if (found := title_of(text, own))), None)
    if title is None:
        return None
    near_top = any(one.new_page for one in items[max(0, place - 6) : place + 1])
    set_as_title = names.is_capital(item.text.splitlines()[0]) or item.bold
    if title in {Title.OTHER, Title.OWN}:
        return title if near_top and set_as_title else None
    if title is Title.LETTER:
        return title if set_as_title and (near_top or names.is_capital(item.text)) else None
    return title if set_as_title or near_top else None


def _has_body(items: Sequence[Line | Table], title: Title) -> bool:
    """The paper so far is more than a head, so that a title here begins the next one."""
    lines = tuple(passages(items))
    if not lines:
        return False
    if any(re.match(r"^kinh gui", line.folded) for line in lines) and title is not Title.LETTER:
        return True
    tables = [item for item in items if isinstance(item, Table)]
    if any(len(table.rows()) >= 3 for table in tables):  # noqa: PLR2004 -- more than a head set in two columns
        return True
    long = [
        line
        for line in lines
        if len(line.text.split()) >= _LONG
        and not names.is_capital(line.text)
        and not _ADDRESS.search(line.folded)
    ]
    return bool(long) or len(lines) > _HEAD_LINES


def _back(items: Sequence[Line | Table], place: int, start: int) -> int:
    """Where the head of the paper begins whose marker stands here: its page, its issuer's lines."""
    for back in range(place, max(start, place - _BACK), -1):
        if items[back].new_page:
            return back
    back = place
    while back - 1 > start and place - back < 4:  # noqa: PLR2004 -- an issuer's name, a mark in the corner
        before = items[back - 1]
        if isinstance(before, Table) or len(before.text) > 90 or _SIGNS.search(fold(before.text)):  # noqa: PLR2004 -- a sentence
            break
        issuer = names.is_capital(before.text) and (
            names.is_organisation(before.text) or back < place
        )
        mark = re.match(r"^(?:mau|phu luc|\d{2}/20\d\d/tt|\(kem theo)", fold(before.text))
        if not (issuer or mark) or (names.person(before.text) and not mark):
            break
        back -= 1
    return back
