"""The files of a dossier: each with its name, its bytes, and what it truly is."""

# ruff: noqa: ANN401, E501 -- keywords go on to a dataclass; names and sentences stay whole

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from service.demo import pages, sheets, word
from service.demo.blocks import Blocks, PageBreak
from service.demo.draw import Draw
from service.demo.facts import Plan, Pledge, TaskFacts
from service.demo.forms import FormLook, form_look, proposal_form
from service.demo.houses import ascii_only
from service.demo.letters import (
    Cover,
    CoverStyle,
    PledgeStyle,
    cover_letter,
    cover_style,
    number_line,
    pledge_letter,
    pledge_style,
)
from service.demo.spelling import Spelling
from service.demo.tables import Row, TableLook, as_blocks, as_workbook, rows_of, table_look

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ZIP = "application/zip"

COVER, TABLE, FORM, PLEDGE = "cover_letter", "summary_table", "proposal_form", "commitment_letter"
"""The roles of `contract.md`."""
OTHER, CALL, TEMPLATE = "other", "call_letter", "blank_template"

_AUTHORS = ("Admin", "Windows User", "MyPC", "HP", "vanthu", "ismail - [2010]", "User", "DELL")


class Format(StrEnum):
    """The file formats the demo writes papers in."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file as it is attached, and the roles a reader should find in it."""

    name: str
    raw: bytes
    media: str
    roles: tuple[str, ...]
    """Empty when the right answers do not speak of it."""
    key: str = ""
    """A piece of the name that tells it from the others; the whole name when empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the papers of a dossier are written."""

    cover: CoverStyle
    cover_format: Format
    table: TableLook
    table_format: Format
    form: FormLook
    form_format: Format = Format.DOCX
    pledge: PledgeStyle
    pledge_format: Format
    spelling: Spelling = Spelling.UNICODE
    names: int = 0
    """Which of the habits of naming files."""


def look(draw: Draw, plan: Plan) -> Look:
    """A look at random that suits the unit."""
    return Look(
        cover=cover_style(draw, plan.house),
        cover_format=draw.one((Format.DOCX, Format.PDF)),
        table=table_look(draw),
        table_format=draw.one((Format.XLSX, Format.XLSX, Format.DOCX)),
        form=form_look(draw),
        pledge=pledge_style(draw),
        pledge_format=draw.one((Format.DOCX, Format.PDF)),
        names=draw.number(0, len(_NAMES) - 1),
    )


# habits of naming: cover, table, form, commitment; {n} the letter's number, {k} the task's place
_NAMES = (
    ("1. CV {n} - đề xuất nhiệm vụ 1322", "2. Bảng tổng hợp đề xuất", "3.{k} Phiếu đề xuất - {short}", "4.{k} Cam kết {firm}"),
    ("CV {n} {unit}", "Bang tong hop", "Phieu {k} {short}", "Cam ket {firm}"),
    ("{n}_{unit}_De xuat NV KHCN", "Bảng tổng hợp NV KHCN 2025", "Phieu de xuat so {k} - {short}", "VB cam ket - {firm}"),
    ("Cong van {unit} ngay {d}-3", "Bieu tong hop {unit}", "Phieu {k}", "Ban cam ket {firm}"),
    ("01. Công văn đề xuất", "02. Biểu tổng hợp", "03.{k} Phiếu ĐX {short}", "04.{k} VB cam kết {firm}"),
    ("CV de xuat 1322", "BTH 1322", "PDX{k} {short}", "CK_{firm}"),
)  # fmt: skip


def _brand(name: str) -> str:
    return " ".join(ascii_only(name).split()[-2:])


@dataclass(frozen=True, slots=True)
class Desk:
    """One unit's desk: writes the papers of its dossier in its habits."""

    draw: Draw
    plan: Plan
    look: Look

    def name(
        self, which: int, format_: Format, *, k: int = 1, short: str = "", firm: str = ""
    ) -> str:
        """A file name in the habit of the unit."""
        stem = _NAMES[self.look.names][which].format(
            n=self.plan.number,
            d=self.plan.signed.day,
            k=k,
            short=short,
            firm=_brand(firm),
            unit=_brand(
                self.plan.house.aliases[-1]
                if self.plan.house.is_enterprise
                else self.plan.house.name
            ),
        )
        return f"{stem}.{format_}"

    def file(
        self,
        blocks: Blocks,
        name: str,
        roles: tuple[str, ...],
        format_: Format,
        *,
        wide: bool = False,
    ) -> Paper:
        """The blocks as a Word or PDF file."""
        author = self.draw.branch(name).one(_AUTHORS)
        if format_ is Format.PDF:
            face = self.draw.branch(f"{name}/face").one(pages.FACES)
            raw = pages.write(
                blocks, spelling=self.look.spelling, face=face, author=author, wide=wide
            )
            return Paper(name=name, raw=raw, media=PDF, roles=roles)
        raw = word.write(blocks, self.look.spelling, author)
        return Paper(name=name, raw=raw, media=DOCX, roles=roles)

    def enclosures(
        self, *, table: bool = True, forms: int | None = None, pledges: int | None = None
    ) -> tuple[str, ...]:
        """What the cover letter says is enclosed."""
        tasks = self.plan.tasks
        sheets_ = len(tasks) if forms is None else forms
        letters = sum(len(task.pledges) for task in tasks) if pledges is None else pledges
        return (
            *(("01 Bảng tổng hợp đề xuất nhiệm vụ",) if table else ()),
            *((f"{sheets_:02d} Phiếu đề xuất nhiệm vụ",) if sheets_ else ()),
            *((f"{letters:02d} văn bản cam kết của doanh nghiệp",) if letters else ()),
        )

    def cover_blocks(self, **changed: Any) -> Blocks:
        """The cover letter; `changed` are fields of `Cover`."""
        cover = Cover(style=self.look.cover, tasks=self.plan.tasks, enclosures=self.enclosures())
        cover = replace(cover, **changed)
        return cover_letter(self.draw.branch("cover"), self.plan, cover)

    def cover(self, **changed: Any) -> Paper:
        """The cover letter as a file."""
        name = self.name(0, self.look.cover_format)
        return self.file(self.cover_blocks(**changed), name, (COVER,), self.look.cover_format)

    def rows(self) -> tuple[Row, ...]:
        """The table's rows, saying what the forms say."""
        return rows_of(self.draw.branch("rows"), self.plan.tasks)

    def table_blocks(self, rows: tuple[Row, ...] | None = None) -> Blocks:
        """The summary table as blocks."""
        number = number_line(self.plan, self.look.cover)
        chosen = self.rows() if rows is None else rows
        return as_blocks(self.draw.branch("table"), self.plan, chosen, self.look.table, number)

    def table(self, rows: tuple[Row, ...] | None = None) -> Paper:
        """The summary table as a file."""
        chosen = self.rows() if rows is None else rows
        format_ = self.look.table_format
        name = self.name(1, format_)
        if format_ is Format.XLSX:
            book = as_workbook(self.draw.branch("table"), self.plan, chosen, self.look.table)
            return Paper(
                name=name, raw=sheets.write(book, self.look.spelling), media=XLSX, roles=(TABLE,)
            )
        return self.file(self.table_blocks(chosen), name, (TABLE,), format_, wide=True)

    def form(
        self, k: int, *, task: TaskFacts | None = None, look_: FormLook | None = None
    ) -> Paper:
        """The form of the k-th task, counted from 1."""
        chosen = task or self.plan.tasks[k - 1]
        name = self.name(2, self.look.form_format, k=k, short=ascii_only(chosen.short))
        blocks = proposal_form(self.plan, chosen, look_ or self.look.form)
        return self.file(blocks, name, (FORM,), self.look.form_format)

    def forms(self) -> tuple[Paper, ...]:
        """The forms of all tasks."""
        return tuple(self.form(k) for k in range(1, len(self.plan.tasks) + 1))

    def pledge_blocks(
        self, task: TaskFacts, pledge: Pledge, style: PledgeStyle | None = None
    ) -> Blocks:
        """One commitment letter as blocks."""
        draw = self.draw.branch(f"pledge/{pledge.house.name}")
        return pledge_letter(draw, self.plan, task, pledge, style or self.look.pledge)

    def pledge(
        self, task: TaskFacts, pledge: Pledge, k: int, style: PledgeStyle | None = None
    ) -> Paper:
        """One commitment letter as a file."""
        format_ = self.look.pledge_format
        name = self.name(3, format_, k=k, firm=pledge.house.name)
        return self.file(self.pledge_blocks(task, pledge, style), name, (PLEDGE,), format_)

    def pledges(self) -> tuple[Paper, ...]:
        """The letters of all enterprises for all tasks."""
        found = [(task, pledge) for task in self.plan.tasks for pledge in task.pledges]
        return tuple(self.pledge(task, pledge, k) for k, (task, pledge) in enumerate(found, 1))

    def all(self) -> tuple[Paper, ...]:
        """The complete dossier, a file a paper."""
        return (self.cover(), self.table(), *self.forms(), *self.pledges())

    def one_file(self, name: str, format_: Format = Format.DOCX) -> Paper:
        """The complete dossier in one file, a page break between the papers."""
        parts: list[Blocks] = [self.cover_blocks(), self.table_blocks()]
        parts += [proposal_form(self.plan, task, self.look.form) for task in self.plan.tasks]
        parts += [self.pledge_blocks(task, one) for task in self.plan.tasks for one in task.pledges]
        roles = (
            COVER,
            TABLE,
            FORM,
            *((PLEDGE,) if any(t.pledges for t in self.plan.tasks) else ()),
        )
        return self.file(joined(*parts), name, roles, format_)


def joined(*parts: Blocks) -> Blocks:
    """Papers behind each other, each on a new page."""
    blocks = list(parts[0])
    for part in parts[1:]:
        blocks += [PageBreak(), *part]
    return tuple(blocks)


def renamed(paper: Paper, name: str, key: str = "") -> Paper:
    """The same file under another name."""
    return replace(paper, name=name, key=key)
