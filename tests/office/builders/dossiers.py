"""Dossiers of one's own making, for cases the demonstration has no recipe of."""

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from service.demo.draw import Draw
from service.demo.facts import House, HouseKind, TaskFacts
from service.demo.mails import Delivered, Letter
from service.demo.papers import Format, Paper
from service.demo.scene import Scene, a_scene
from service.demo.spelling import Spelling
from service.demo.tasks import applying, pilot, spoken_period, with_fields
from tests.programs import programs

DOC = "application/msword"


def commune(seed: str, *, count: int = 1, first: str | None = None) -> Scene:
    """A commune with tasks; the same for the same seed."""
    return a_scene(Draw(seed), HouseKind.COMMUNE, count=count, first=first)


def company(seed: str, *, count: int = 1) -> Scene:
    """A company with tasks."""
    return a_scene(Draw(seed), HouseKind.COMPANY, count=count)


def two_tasks_one_pilot(seed: str) -> Scene:
    """A commune that proposes a pilot model with two enterprises, and another task."""
    scene = commune(seed)
    house = scene.plan.house
    return scene.with_tasks(model(seed, house, 2), applying(Draw(f"{seed}/other"), house))


def model(seed: str, house: House, partners: int) -> TaskFacts:
    """A pilot model with so many enterprises, each with its letter."""
    return pilot(Draw(f"{seed}/model"), house, partners)


def lasting(task: TaskFacts, months: int) -> TaskFacts:
    """The same task for so many months, in form and table alike."""
    span = replace(task.period, months=months, month=1)
    return with_fields(replace(task, period=span), thoi_gian=spoken_period(Draw(f"{months}"), span))


def sent(scene: Scene, *letters: Letter) -> tuple[Delivered, ...]:
    """The mails as they lie in the mailbox."""
    return tuple(scene.sent(one) for one in letters)


def as_old_word(scene: Scene, folder: Path, name: str) -> Paper:
    """The scene's cover letter in TCVN3 fonts, saved by LibreOffice as Word 97 did."""
    look = replace(scene.desk.look, spelling=Spelling.TCVN3, cover_format=Format.DOCX)
    typed = folder / f"{Path(name).stem}.docx"
    typed.write_bytes(replace(scene.desk, look=look).cover().raw)
    office = programs("soffice").soffice
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    order = ("--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(typed))
    subprocess.run((office, profile, *order), check=True, capture_output=True, timeout=120)  # noqa: S603 -- Debian's own LibreOffice
    return Paper(name=name, raw=typed.with_suffix(".doc").read_bytes(), media=DOC, roles=())


def without_cached_values(paper: Paper) -> Paper:
    """The workbook with its tasks on a second sheet, one row hidden, formulas never calculated."""
    book = load_workbook(BytesIO(paper.raw))
    sheet = book.worksheets[0]
    notes = book.create_sheet("Hướng dẫn", 0)
    notes["A1"] = "Bảng tổng hợp ở trang sau."
    titles = [row for row in sheet.iter_rows() if any(len(str(one.value)) > 40 for one in row)]
    last = titles[-1][0].row or 0
    sheet.row_dimensions[last].hidden = True
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, int) and cell.value > 300:
                cell.value = f"={cell.value - 100}+100"
    out = BytesIO()
    book.save(out)
    return replace(paper, raw=out.getvalue())
