"""Files that cannot be read, or not yet: nothing may be called missing that could lie in them."""

# ruff: noqa: ANN401, E501 -- keywords go on to a dataclass; a sentence of a letter stays whole

from dataclasses import replace
from typing import Any

from service.demo.blocks import Para
from service.demo.containers import (
    RTF,
    rared,
    rich_text,
    with_password,
    zipped,
    zipped_with_password,
)
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.forms import proposal_form
from service.demo.gold import Answer
from service.demo.houses import ascii_only
from service.demo.mails import Client
from service.demo.papers import DOCX, Format, Paper, joined, renamed
from service.demo.scans import photos, scanned
from service.demo.scene import Case, Recipe, Scene, a_scene
from service.demo.tasks import with_fields

OCTETS = "application/octet-stream"
_ALSO = ("officer",)
_READ = ("complete",)


def _hidden(
    scene: Scene, recipe: Recipe, answer: Answer, *papers: Paper, tolerant: str = "", **more: Any
) -> Case:
    """A dossier some of whose matter nobody could see; its tasks may be listed or not."""
    titles = tuple(task.title for task in scene.plan.tasks)
    blind = replace(
        answer, papers=tuple(paper for paper in papers if paper.roles), tasks=(), tasks_may=titles
    )
    return scene.judged(recipe, blind, scene.letter(*papers, **more), tolerant)


def encrypted_zip(draw: Draw) -> Case:
    """The whole dossier lies in a zip under a password, and the password in the mail."""
    scene = a_scene(draw)
    box = zipped_with_password(
        draw.branch("zip"), "Ho so de xuat 1322.zip", scene.desk.all(), "123456"
    )
    answer = Answer(state="resend", must_fail=("S04",), may_fail=("C13",))
    text = scene.words("Gửi phòng hồ sơ của {unit}, file nén có mật khẩu 123456 ạ.")
    return _hidden(scene, encrypted_zip, answer, box, text=text)


def encrypted_form(draw: Draw) -> Case:
    """One form was saved under a password; the rest can be read."""
    scene = a_scene(draw, count=1)
    form = with_password(draw.branch("key"), scene.desk.form(1))
    answer = Answer(state="resend", must_fail=("S04",), may_fail=("C13",))
    return _hidden(scene, encrypted_form, answer, scene.desk.cover(), scene.desk.table(), form)


def empty_file(draw: Draw) -> Case:
    """The form has a name and no octets."""
    scene = a_scene(draw, count=1)
    form = replace(scene.desk.form(1), raw=b"", roles=("unreadable",))
    answer = Answer(state="resend", must_fail=("S03",), may_fail=("C13",))
    return _hidden(scene, empty_file, answer, scene.desk.cover(), scene.desk.table(), form)


def torn_file(draw: Draw) -> Case:
    """The form breaks off in the middle, as an interrupted upload leaves it."""
    scene = a_scene(draw, count=1)
    whole = scene.desk.form(1)
    torn = replace(whole, raw=whole.raw[: len(whole.raw) * 2 // 5], roles=("unreadable",))
    answer = Answer(state="resend", must_fail=("S03",), may_fail=("C13",))
    return _hidden(scene, torn_file, answer, scene.desk.cover(), scene.desk.table(), torn)


def torn_zip(draw: Draw) -> Case:
    """The zip breaks off before its directory."""
    scene = a_scene(draw)
    whole = zipped("Hồ sơ đề xuất.zip", scene.desk.all())
    torn = replace(whole, raw=whole.raw[: len(whole.raw) // 2])
    answer = Answer(state="resend", state_also=_ALSO, must_fail=("S03",), may_fail=("C13",))
    return _hidden(scene, torn_zip, answer, torn)


def torn_but_sent_twice(draw: Draw) -> Case:
    """The Word form is torn, and the same form came whole as PDF."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    whole = desk.form(1)
    torn = replace(whole, raw=whole.raw[: len(whole.raw) // 3], roles=())
    pdf = replace(desk, look=replace(desk.look, form_format=Format.PDF)).form(1)
    papers = (desk.cover(), desk.table(), torn, pdf)
    more = {"state_also": ("officer", "resend"), "may_fail": ("C13", "S03", "C27", "F01")}
    return scene.complete(torn_but_sent_twice, *papers, **more)


def rubbish_under_a_form_name(draw: Draw) -> Case:
    """The octets are no file of any kind."""
    scene = a_scene(draw, count=1)
    form = replace(scene.desk.form(1), raw=draw.octets(4000), roles=("unreadable",))
    answer = Answer(state="resend", state_also=_ALSO, must_fail=("S03",), may_fail=("C13", "S05"))
    return _hidden(
        scene, rubbish_under_a_form_name, answer, scene.desk.cover(), scene.desk.table(), form
    )


_LINKS = (
    "https://drive.google.com/drive/folders/1aZ9k{}?usp=sharing",
    "https://1drv.ms/f/s!Am{}",
    "https://www.fshare.vn/folder/{}",
    "https://we.tl/t-{}",
    "https://drive.google.com/file/d/1{}/view?usp=drive_link",
)


def link_for_the_rest(draw: Draw) -> Case:
    """The letter is attached, table and forms lie behind a link."""
    scene = a_scene(draw, HouseKind.COMPANY)
    link = draw.one(_LINKS).format(draw.letters(24))
    cover = scene.desk.cover()
    answer = Answer(
        state="resend", must_fail=("S06",), may_fail=("C02", "C03", "C04", "C13", "C25", "N02")
    )
    text = scene.words(
        f"Công ty gửi công văn (đính kèm). Bảng tổng hợp và phiếu đề xuất do nặng nên để trên link:\n{link}\nAnh chị tải giúp em."
    )
    return _hidden(scene, link_for_the_rest, answer, cover, text=text)


def link_for_everything(draw: Draw) -> Case:
    """Nothing is attached; the dossier lies behind a link."""
    scene = a_scene(draw)
    link = draw.one(_LINKS).format(draw.letters(24))
    may = ("C01", "C02", "C03", "C13", "S19")
    answer = Answer(state="resend", must_fail=("S06",), may_fail=may)
    text = scene.words(
        f"Kính gửi phòng Kinh tế và Hạ tầng hồ sơ đề xuất nhiệm vụ Chương trình 1322 của {{unit}}:\n{link}"
    )
    return _hidden(scene, link_for_everything, answer, text=text)


def link_beside_a_whole_dossier(draw: Draw) -> Case:
    """Everything asked for is attached; the link leads to pictures."""
    scene = a_scene(draw, HouseKind.COMPANY)
    papers = scene.desk.all()
    link = draw.one(_LINKS).format(draw.letters(24))
    text = scene.words(f"Em gửi hồ sơ đính kèm. Ảnh nhà xưởng để tham khảo thêm tại {link}")
    answer = Answer(state="complete", state_also=_ALSO, papers=papers)
    return scene.judged(link_beside_a_whole_dossier, answer, scene.letter(*papers, text=text))


def program_attached(draw: Draw) -> Case:
    """A program lies beside a whole dossier: never opened, mentioned."""
    scene = a_scene(draw)
    name = draw.one(("Ho so.exe", "Phieu de xuat.pdf.exe", "cai dat ky so.exe", "CV.js"))
    raw = (
        b"MZ\x90\x00" + draw.octets(3000)
        if name.endswith("exe")
        else b"var a = new ActiveXObject('x');"
    )
    papers = (*scene.desk.all(), Paper(name=name, raw=raw, media=OCTETS, roles=()))
    more = {"must_fail": ("S05",), "state_also": ("officer", "resend")}
    return scene.complete(program_attached, *papers, **more)


def program_under_a_form_name(draw: Draw) -> Case:
    """What is called a form is a program; the form itself never came."""
    scene = a_scene(draw, count=1)
    fake = Paper(
        name="Phieu de xuat.docx", raw=b"MZ\x90\x00" + draw.octets(2500), media=DOCX, roles=()
    )
    answer = Answer(
        state="officer",
        state_also=("resend", "gaps"),
        must_fail=("S05|S03",),
        may_fail=("C13", "S05", "S03", "C03", "C04"),
    )
    return _hidden(
        scene, program_under_a_form_name, answer, scene.desk.cover(), scene.desk.table(), fake
    )


def rar_archive(draw: Draw) -> Case:
    """A RAR, the habit of the country: if it cannot be opened an officer does it."""
    scene = a_scene(draw)
    plain = tuple(renamed(paper, f"Ho so/{ascii_only(paper.name)}") for paper in scene.desk.all())
    box = rared("Ho so de xuat.rar", plain)
    answer = Answer(state="officer", state_also=_READ, may_fail=("C13", "S08"))
    return _hidden(scene, rar_archive, answer, box)


def old_word_letter(draw: Draw) -> Case:
    """The letter is RTF, saved as .doc or .rtf; the rest is Word."""
    scene = a_scene(draw)
    desk = scene.desk
    name = draw.one(("CV de xuat.doc", "Cong van.rtf"))
    cover = Paper(name=name, raw=rich_text(desk.cover_blocks()), media=RTF, roles=())
    answer = Answer(state="officer", state_also=_READ, may_fail=("C13",))
    papers = (cover, desk.table(), *desk.forms(), *desk.pledges())
    return _hidden(scene, old_word_letter, answer, *papers)


def scan_of_everything(draw: Draw) -> Case:
    """One PDF of pictures holds the whole dossier."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    blocks = joined(
        desk.cover_blocks(),
        desk.table_blocks(),
        proposal_form(scene.plan, scene.plan.tasks[0], desk.look.form),
    )
    name = draw.one(("scan0001.pdf", "Hồ sơ đề xuất (bản scan).pdf", "HP_ScanJet_2024.pdf"))
    answer = Answer(
        state="officer", state_also=_READ, may_fail=("C13", "C27", "F13"), must_be_officer=("S08",)
    )
    return _hidden(scene, scan_of_everything, answer, scanned(draw.branch("scan"), blocks, name))


def scanned_letter(draw: Draw) -> Case:
    """The letter is the scan of the signed sheet, the rest is soft: the commonest dossier there is."""
    scene = a_scene(draw)
    desk = scene.desk
    name = desk.name(0, Format.PDF)
    cover = scanned(draw.branch("scan"), desk.cover_blocks(), name)
    papers = (cover, desk.table(), *desk.forms(), *desk.pledges())
    answer = Answer(state="officer", state_also=_READ, papers=papers, may_fail=("C13", "N07"))
    return scene.judged(scanned_letter, answer, scene.letter(*papers))


def scanned_commitments(draw: Draw) -> Case:
    """A pilot model whose commitments are scans: nobody may say that they are missing."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1, first="pilot_model")
    desk, task = scene.desk, scene.plan.tasks[0]
    blocks = joined(*(desk.pledge_blocks(task, one) for one in task.pledges))
    scan = scanned(draw.branch("scan"), blocks, "Cam ket cua doanh nghiep.pdf")
    papers = (desk.cover(), desk.table(), *desk.forms(), scan)
    answer = Answer(state="officer", state_also=_READ, papers=papers, may_fail=("C13", "N07"))
    return scene.judged(scanned_commitments, answer, scene.letter(*papers))


def photographed_letter(draw: Draw) -> Case:
    """The letter was photographed page by page with a telephone."""
    scene = a_scene(draw, HouseKind.COMPANY)
    desk = scene.desk
    shots = photos(
        draw.branch("photo"),
        desk.cover_blocks(),
        draw.one(("IMG_20240320_0", "z52147", "Anh cong van ")),
    )
    papers = (*shots, desk.table(), *desk.forms())
    answer = Answer(state="officer", state_also=_READ, papers=papers, may_fail=("C13",))
    return scene.judged(photographed_letter, answer, scene.letter(*papers))


def scanned_table_with_a_gap(draw: Draw) -> Case:
    """A form has a blank goal, and the table is a scan: an officer looks at both, the table is not missing."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    table = scanned(draw.branch("scan"), desk.table_blocks(), "Bang tong hop.pdf")
    lame = scene.with_tasks(with_fields(scene.plan.tasks[0], muc_tieu=""))
    papers = (desk.cover(), table, *lame.desk.forms())
    answer = Answer(
        state="officer",
        state_also=("gaps",),
        papers=papers,
        must_be_officer=("C16",),
        may_fail=("C13", "C16", "F13", "C27"),
    )
    return scene.judged(scanned_table_with_a_gap, answer, scene.letter(*papers))


def stripped_by_a_gateway(draw: Draw) -> Case:
    """A mail gateway took the attachments away and left a note."""
    scene = a_scene(draw)
    words = draw.one(
        (
            "This attachment was removed because it exceeded the size limit of this mail server.\nOriginal file: {}\n",
            "Tệp đính kèm đã bị hệ thống thư gỡ bỏ vì lý do an toàn.\nTên tệp: {}\n",
        )
    )
    papers = tuple(
        Paper(
            name=draw.one((f"{paper.name}.txt", "removed.txt", f"DELETED{n}.TXT")),
            raw=words.format(paper.name).encode(),
            media="text/plain",
            roles=(),
        )
        for n, paper in enumerate(scene.desk.all()[:2])
    )
    may = ("S03", "S07", "C01", "C02", "C03", "C13", "S19")
    answer = Answer(state="resend", state_also=_ALSO, may_fail=may)
    return _hidden(
        scene, stripped_by_a_gateway, answer, *papers, tolerant="The documents name T5 and no rule."
    )


def lock_file_too(draw: Draw) -> Case:
    """Word's lock file ~$CV.docx and the Mac's .DS_Store came along in the zip: rubbish, not papers."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    lock = Paper(name="~$Phieu 1.docx", raw=b"\x05Admin" + bytes(156), media=DOCX, roles=())
    store = Paper(name=".DS_Store", raw=b"\0\0\0\1Bud1" + bytes(600), media=OCTETS, roles=())
    box = zipped("Ho so.zip", (*papers, lock, store), folder="Ho so 1322")
    letter = scene.letter(box)
    return scene.judged(lock_file_too, Answer(state="complete", papers=papers), letter)


def picture_of_a_stamp(draw: Draw) -> Case:
    """A small picture in the signature is no paper: it must not hold the dossier up."""
    scene = a_scene(draw, client=Client.OUTLOOK)
    papers = scene.desk.all()
    letter = scene.letter(*papers, logo=True)
    return scene.judged(picture_of_a_stamp, Answer(state="complete", papers=papers), letter)


def cover_and_stamp(draw: Draw) -> Case:
    """A Word letter came with the same letter as a scan: the scan adds a signature, no doubt."""
    scene = a_scene(draw)
    desk = scene.desk
    blocks = desk.cover_blocks()
    scan = scanned(
        draw.branch("scan"), blocks, f"{desk.name(0, Format.PDF).removesuffix('.pdf')} (dau do).pdf"
    )
    papers = (*desk.all(), scan)
    answer = Answer(state="complete", state_also=_ALSO, papers=papers, may_fail=("C13", "N07"))
    return scene.judged(cover_and_stamp, answer, scene.letter(*papers))


def words_for_nobody(draw: Draw) -> Case:
    """A text file beside the dossier says “đọc file này trước”: no paper, no doubt."""
    scene = a_scene(draw)
    note = Paper(
        name="Doc truoc.txt",
        raw="Anh chị mở file công văn trước, phiếu ở sau.\r\n".encode(),
        media="text/plain",
        roles=(),
    )
    papers = (*scene.desk.all(), note)
    return scene.complete(words_for_nobody, *papers)


def password_in_a_note(draw: Draw) -> Case:
    """Two files under passwords, a note with the password: the password is not used."""
    scene = a_scene(draw, count=1)
    desk = scene.desk
    key = draw.branch("key")
    papers = (
        with_password(key, desk.cover()),
        with_password(key, desk.form(1)),
        desk.table(),
        desk.file((Para("Mật khẩu mở tệp: hoso2024"),), "Mat khau.docx", (), Format.DOCX),
    )
    answer = Answer(state="resend", must_fail=("S04",), may_fail=("C13",))
    return _hidden(scene, password_in_a_note, answer, *papers)


RECIPES: tuple[Recipe, ...] = (
    encrypted_zip,
    encrypted_form,
    empty_file,
    torn_file,
    torn_zip,
    torn_but_sent_twice,
    rubbish_under_a_form_name,
    link_for_the_rest,
    link_for_everything,
    link_beside_a_whole_dossier,
    program_attached,
    program_under_a_form_name,
    rar_archive,
    old_word_letter,
    scan_of_everything,
    scanned_letter,
    scanned_commitments,
    photographed_letter,
    scanned_table_with_a_gap,
    stripped_by_a_gateway,
    lock_file_too,
    picture_of_a_stamp,
    cover_and_stamp,
    words_for_nobody,
    password_in_a_note,
)
