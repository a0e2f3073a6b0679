"""Papers of the two sample calls, written by python-docx, reportlab and an own workbook writer."""

import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from service.demo import pages, sheets, word
from service.demo.blocks import Blocks, Grid, Para, Sheet, centered

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def head(issuer: str, number: str, place_and_date: str, subject: str = "") -> Blocks:
    """The head of an official letter, in the two columns of Decree 30/2020."""
    left = f"{issuer}\n\nSố: {number}" + (f"\nV/v {subject}" if subject else "")
    return (Grid(((left, f"{NATION}\n\n{place_and_date}"),), border=False),)


def letter(  # noqa: PLR0913 -- each is one fact of a letter
    issuer: str,
    number: str,
    place_and_date: str,
    *,
    subject: str,
    to: str,
    body: Sequence[str],
    signed: tuple[str, str],
) -> Blocks:
    """A cover letter."""
    title, name = signed
    return (
        *head(issuer, number, place_and_date, subject),
        centered(f"Kính gửi: {to}"),
        *(Para(line) for line in body),
        Grid((("Nơi nhận:\n- Như trên;\n- Lưu: VT.", f"{title}\n\n\n{name}"),), border=False),
    )


def form(title: Sequence[str], fields: Sequence[tuple[str, str]], signed: str) -> Blocks:
    """A form: its title, the numbered fields, the signature block."""
    return (
        centered(NATION, bold=True),
        *(centered(line, bold=True) for line in title),
        *(Para(f"{n}. {label}: {said}") for n, (label, said) in enumerate(fields, start=1)),
        centered("TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT", bold=True),
        centered(signed),
    )


def curriculum_vitae(person: str, task: str = "") -> Blocks:
    """A scientist's record, with the task it is for where one is named."""
    return (
        centered(NATION, bold=True),
        centered("LÝ LỊCH KHOA HỌC", bold=True),
        *((Para(f"Chủ nhiệm nhiệm vụ: {task}"),) if task else ()),
        Para(f"1. Họ và tên: {person}"),
        Para("2. Học vị: Tiến sĩ nông nghiệp, năm 2012"),
        Para("3. Quá trình công tác: từ năm 2005 đến nay, nghiên cứu viên, trưởng bộ môn."),
        Para("4. Các công trình công bố: 12 bài báo trên tạp chí chuyên ngành."),
        centered("Người khai"),
        centered(person),
    )


def plain(title: str, lines: Sequence[str]) -> Blocks:
    """A paper with a title and its lines."""
    return (
        centered(NATION, bold=True),
        centered(title, bold=True),
        *(Para(line) for line in lines),
    )


def docx(blocks: Blocks) -> bytes:
    """As a Word file, without the parts of python-docx's template that say nothing."""
    slim = BytesIO()
    with ZipFile(BytesIO(word.write(blocks))) as whole, ZipFile(slim, "w", ZIP_DEFLATED) as out:
        for name in whole.namelist():
            if not _NEEDLESS.search(name):
                out.writestr(ZipInfo(name), _without_needless(whole.read(name)), ZIP_DEFLATED, 9)
    return slim.getvalue()


_NEEDLESS = re.compile("stylesWithEffects|thumbnail|customXml")
_MENTION = re.compile(
    rb"<(?:Relationship|Override)\b[^>]*(?:stylesWithEffects|thumbnail|customXml)[^>]*/>"
)


def _without_needless(part: bytes) -> bytes:
    return _MENTION.sub(b"", part)


def pdf(blocks: Blocks) -> bytes:
    """As a PDF with a text layer."""
    return pages.write(blocks)


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """As a workbook: a title, the header, a row a task."""
    return sheets.write(
        (
            Sheet(
                "Danh muc",
                (
                    (title,),
                    ("Đơn vị tính: triệu đồng",),
                    tuple(header),
                    *(tuple(row) for row in rows),
                ),
            ),
        )
    )
