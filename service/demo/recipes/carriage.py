"""Good dossiers, carried and typed in every way mail programs, archives and fonts know."""

# ruff: noqa: ANN401 -- keywords go on to a dataclass; names and sentences stay whole

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from service.demo import mails, word
from service.demo.blocks import Para
from service.demo.containers import zipped
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.forms import empty_form
from service.demo.gold import Answer, Said
from service.demo.mails import Client, Letter, Part, file_part, rfc822_part
from service.demo.papers import CALL, DOCX, TEMPLATE, Format, Paper, renamed
from service.demo.scene import Case, Recipe, Scene, a_scene, said_of
from service.demo.spelling import Spelling, spell

_CALL_TEXT = Path(__file__).parents[3] / "config" / "sources" / "cong-van.txt"


def call_letter() -> Paper:
    """The office's own letter that opened the call, as a unit got it."""
    lines = _CALL_TEXT.read_text(encoding="utf-8").replace("**", "").split("\n")
    blocks = tuple(Para(line) for line in lines if line.strip())
    return Paper(
        name="CV 285 UBND huyen trien khai.docx", raw=word.write(blocks), media=DOCX, roles=(CALL,)
    )


def _in_zip(draw: Draw, recipe: Recipe, name: str, **how: Any) -> Case:
    scene = a_scene(draw)
    papers = scene.desk.all()
    box = zipped(name, papers, **how)
    return scene.judged(
        recipe, Answer(state="complete", papers=papers, may_fail=("C13", "N07")), scene.letter(box)
    )


def zip_utf8(draw: Draw) -> Case:
    """A zip whose names are marked as UTF-8."""
    return _in_zip(draw, zip_utf8, "Hồ sơ đề xuất 1322.zip")


def zip_cp1258(draw: Draw) -> Case:
    """A zip whose names stand in Windows' Vietnamese code page, unmarked."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    box = zipped("Ho so.zip", papers, coding="cp1258", flag=False)
    told = tuple(
        replace(paper, roles=() if not paper.name.isascii() else paper.roles) for paper in papers
    )
    return scene.judged(
        zip_cp1258,
        Answer(state="complete", papers=told, may_fail=("C13", "N07")),
        scene.letter(box),
    )


def zip_unmarked_utf8(draw: Draw) -> Case:
    """A Mac's zip: UTF-8 names without the mark, and in pieces."""
    return _in_zip(draw, zip_unmarked_utf8, "Ho so.zip", folder="Hồ sơ 1322", flag=False)


def zip_in_folders(draw: Draw) -> Case:
    """A zip with folders and a zip in the zip."""
    scene = a_scene(draw, HouseKind.COMMUNE, first="pilot_model")
    desk = scene.desk
    inner = zipped("Cam ket.zip", desk.pledges())
    forms = tuple(renamed(paper, f"3. Phiếu/{paper.name}") for paper in desk.forms())
    outer = zipped(
        "HS_1322.zip", (desk.cover(), desk.table(), *forms, inner), folder="Ho so gui huyen"
    )
    answer = Answer(state="complete", papers=desk.all(), may_fail=("C13", "N07"))
    return scene.judged(zip_in_folders, answer, scene.letter(outer))


def everything_as_octets(draw: Draw) -> Case:
    """Every file is declared application/octet-stream."""
    scene = a_scene(draw)
    papers = tuple(replace(paper, media="application/octet-stream") for paper in scene.desk.all())
    return scene.complete(everything_as_octets, *papers)


def wrong_extension(draw: Draw) -> Case:
    """A Word form is called .doc, a workbook .xls: content tells."""
    scene = a_scene(draw)
    papers = tuple(
        renamed(paper, paper.name.replace(".docx", ".doc").replace(".xlsx", ".xls"))
        for paper in scene.desk.all()
    )
    return scene.complete(wrong_extension, *papers)


def _by(draw: Draw, recipe: Recipe, client: Client) -> Case:
    scene = a_scene(draw, client=client)
    return scene.complete(recipe, *scene.desk.all())


def by_outlook(draw: Draw) -> Case:
    """Outlook: names in encoded words, a logo in the signature."""
    return _by(draw, by_outlook, Client.OUTLOOK)


def by_zimbra(draw: Draw) -> Case:
    """Zimbra, the province's own mail."""
    return _by(draw, by_zimbra, Client.ZIMBRA)


def by_thunderbird(draw: Draw) -> Case:
    """Thunderbird: names in RFC 2231 pieces."""
    return _by(draw, by_thunderbird, Client.THUNDERBIRD)


def by_apple_mail(draw: Draw) -> Case:
    """Apple Mail: one RFC 2231 value, letters in pieces (NFD), text behind the files."""
    scene = a_scene(draw, client=Client.APPLE)
    papers = tuple(
        renamed(paper, spell(paper.name, Spelling.NFD)[0][0], paper.name)
        for paper in scene.desk.all()
    )
    return scene.complete(by_apple_mail, *papers)


def by_telephone(draw: Draw) -> Case:
    """An iPhone, the dossier forwarded from a chat, two words of text."""
    scene = a_scene(draw, client=Client.IPHONE)
    papers = scene.desk.all()
    letter = scene.letter(*papers, text="Gửi huyện\n\nĐã gửi từ iPhone của tôi\n", subject="")
    return scene.judged(
        by_telephone, Answer(state="complete", papers=papers, may_fail=("C13", "C28")), letter
    )


def by_an_old_program(draw: Draw) -> Case:
    """An old program: names as raw octets, text without HTML."""
    return _by(draw, by_an_old_program, Client.PLAIN)


def _with_parts(draw: Draw, recipe: Recipe, wrap: Callable[[Scene, Paper], Part]) -> Case:
    scene = a_scene(draw)
    papers = scene.desk.all()
    parts = tuple(wrap(scene, paper) for paper in papers)
    told = Answer(state="complete", papers=papers, may_fail=("C13", "N07"))
    return scene.judged(recipe, told, scene.letter(parts=parts))


def inline_files(draw: Draw) -> Case:
    """The files are marked inline, as some telephones do."""
    return _with_parts(
        draw,
        inline_files,
        lambda _scene, paper: file_part(paper, mails.name_2231, disposition="inline"),
    )


def nameless_files(draw: Draw) -> Case:
    """The files have neither name nor disposition, as scanners and old gateways send them."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    parts = tuple(
        Part(
            headers=(f"Content-Type: {paper.media}".encode(), b"Content-Transfer-Encoding: base64"),
            body=base64.encodebytes(paper.raw).replace(b"\n", b"\r\n"),
        )
        for paper in papers
    )
    return scene.judged(
        nameless_files, Answer(state="complete", may_fail=("C13", "N07")), scene.letter(parts=parts)
    )


def uuencoded_files(draw: Draw) -> Case:
    """The files are uuencoded inside the text, as an ancient gateway does."""
    scene = a_scene(draw, count=1)
    papers = tuple(
        renamed(paper, f"tep{n}.{paper.name.rsplit('.', 1)[1]}")
        for n, paper in enumerate(scene.desk.all(), 1)
    )
    coded = "".join(f"\nbegin 644 {paper.name}\n{_uu(paper.raw)}end\n" for paper in papers)
    text = scene.words("Kính gửi phòng Kinh tế và Hạ tầng hồ sơ của {unit}.") + coded
    body = Part(
        headers=(b"Content-Type: text/plain; charset=utf-8", b"Content-Transfer-Encoding: 8bit"),
        body=text.replace("\n", "\r\n").encode(),
    )
    answer = Answer(state="complete", papers=papers, may_fail=("C13", "N07"))
    return scene.judged(uuencoded_files, answer, scene.letter(body=body))


def _uu(raw: bytes) -> str:
    lines = [binascii.b2a_uu(raw[at : at + 45]).decode("ascii") for at in range(0, len(raw), 45)]
    return "".join(lines) + "`\n"


def signed_mail(draw: Draw) -> Case:
    """An S/MIME signed mail: the signature is no paper."""
    scene = a_scene(draw, client=Client.OUTLOOK)
    papers = scene.desk.all()
    inner = mails.multipart(
        "mixed",
        "----=_inner_1322",
        (
            mails.text_part(scene.words("Kính gửi hồ sơ của {unit}.")),
            *(file_part(paper) for paper in papers),
        ),
    )
    signature = Paper(
        name="smime.p7s",
        raw=b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + draw.octets(1200),
        media="application/pkcs7-signature",
        roles=(),
    )
    body = mails.multipart(
        "signed",
        "----=_signed_1322",
        (inner, file_part(signature)),
        ' protocol="application/pkcs7-signature"; micalg=sha-256;',
    )
    return scene.judged(
        signed_mail,
        Answer(state="complete", papers=papers, may_fail=("C13", "N07")),
        scene.letter(body=body),
    )


def forwarded_inline(draw: Draw) -> Case:
    """An accountant forwards the director's mail: two headers of text, the files attached."""
    scene = a_scene(draw, HouseKind.COMPANY)
    papers = scene.desk.all()
    unit = scene.plan.house
    first = scene.letter(
        sender=f"giamdoc@{unit.mailbox.partition('@')[2]}",
        name=unit.signatory.name,
        subject="Ho so 1322 ban cuoi",
        text="Chị gửi huyện giúp tôi bộ hồ sơ này nhé.",
        to=unit.mailbox,
    )
    text = mails.forwarded(scene.words("Em chuyển hồ sơ của {unit}."), first)
    letter = scene.letter(
        *papers,
        subject=draw.one(
            ("Fwd: Ho so 1322 ban cuoi", "Fwd: Fwd: Ho so 1322", "FW: Ho so 1322 ban cuoi")
        ),
        text=text,
    )
    return scene.judged(
        forwarded_inline, Answer(state="complete", papers=papers, may_fail=("C13", "N07")), letter
    )


def _inside(scene: Scene, *papers: Paper) -> Letter:
    unit = scene.plan.house
    return scene.letter(
        *papers,
        name=unit.signatory.name,
        subject="Hồ sơ đề xuất 1322 bản cuối",
        to=unit.mailbox,
        trace=False,
        text="Gửi văn phòng bản cuối, trình ký rồi gửi huyện giúp tôi.\n",
    )


def forwarded_as_a_mail(draw: Draw) -> Case:
    """The dossier lies in a mail attached to the mail."""
    scene = a_scene(draw, HouseKind.COMPANY, client=Client.THUNDERBIRD)
    papers = scene.desk.all()
    inner = scene.sent(_inside(scene, *papers)).raw
    letter = scene.letter(
        subject="Fwd: Hồ sơ đề xuất 1322 bản cuối", parts=(rfc822_part(inner, "Ho so 1322.eml"),)
    )
    return scene.judged(
        forwarded_as_a_mail,
        Answer(state="complete", papers=papers, may_fail=("C13", "N07")),
        letter,
    )


def forwarded_as_octets(draw: Draw) -> Case:
    """The attached mail is declared an unknown file and encoded in base64."""
    scene = a_scene(draw, HouseKind.COMPANY)
    papers = scene.desk.all()
    inner = Paper(
        name="Ho so.eml",
        raw=scene.sent(_inside(scene, *papers)).raw,
        media="application/octet-stream",
        roles=(),
    )
    return scene.judged(
        forwarded_as_octets,
        Answer(state="complete", papers=papers, may_fail=("C13", "N07")),
        scene.letter(inner),
    )


def call_letter_sent_back(draw: Draw) -> Case:
    """The unit attaches our own letter to its whole dossier."""
    scene = a_scene(draw)
    papers = (call_letter(), *scene.desk.all())
    return scene.complete(call_letter_sent_back, *papers)


def call_letter_for_a_cover(draw: Draw) -> Case:
    """Our own letter is there, the unit's is not: the one does not stand for the other."""
    scene = a_scene(draw)
    desk = scene.desk
    papers = (call_letter(), desk.table(), *desk.forms())
    unit = scene.plan.house
    letter = scene.letter(
        *papers, text=f"Gửi phòng.\n\n{unit.contact.name}\n{unit.name}\n{unit.contact.phone}\n"
    )
    answer = Answer(state="gaps", papers=papers, must_fail=("C01",), may_fail=("S19", "C13"))
    return scene.judged(call_letter_for_a_cover, answer, letter)


def reply_to_the_call(draw: Draw) -> Case:
    """The dossier answers our own mail, which is quoted below with every cue in it."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    ours = scene.letter(
        sender=mails.OFFICE,
        name=mails.OFFICE_NAME,
        to=scene.plan.house.mailbox,
        text=_CALL_TEXT.read_text(encoding="utf-8")[:2600],
    )
    text = mails.quoted_reply(scene.words("{unit} gửi hồ sơ ạ."), ours)
    letter = scene.letter(
        *papers,
        subject="Re: V/v đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322",
        text=text,
        replies_to=("<20240315.285@namdinh.gov.vn>",),
    )
    return scene.judged(
        reply_to_the_call, Answer(state="complete", papers=papers, may_fail=("C13", "N07")), letter
    )


def template_beside_the_form(draw: Draw) -> Case:
    """The blank form lies beside the filled ones: no task, no gap worth an answer of its own."""
    scene = a_scene(draw)
    empty = scene.desk.file(
        empty_form(draw.one(("A1", "A2", "A3"))),
        "Mau phieu de xuat (trong).docx",
        (TEMPLATE,),
        Format.DOCX,
    )
    papers = (*scene.desk.all(), empty)
    more = {"state_also": ("officer", "gaps"), "may_fail": ("C13", "N07", "S16")}
    return scene.complete(template_beside_the_form, *papers, **more)


def _spelled(draw: Draw, recipe: Recipe, spelling: Spelling, **more: Any) -> Case:
    scene = a_scene(
        draw, first=draw.one(("apply", "policy", "pilot_model")), kind=HouseKind.COMMUNE
    )
    scene = scene.dressed(
        spelling=spelling,
        cover_format=Format.DOCX,
        form_format=Format.DOCX,
        pledge_format=Format.DOCX,
        table_format=draw.one((Format.XLSX, Format.DOCX)),
    )
    return scene.complete(recipe, *scene.desk.all(), may_fail=("C13", "N07"), **more)


def typed_in_tcvn3(draw: Draw) -> Case:
    """All papers are typed in TCVN3 fonts (.VnTime, .VnTimeH)."""
    return _spelled(draw, typed_in_tcvn3, Spelling.TCVN3, state_also=("officer",))


def typed_in_vni(draw: Draw) -> Case:
    """All papers are typed in VNI fonts."""
    return _spelled(draw, typed_in_vni, Spelling.VNI, state_also=("officer",))


def typed_on_a_mac(draw: Draw) -> Case:
    """All letters come in pieces (NFD)."""
    return _spelled(draw, typed_on_a_mac, Spelling.NFD)


def all_capitals(draw: Draw) -> Case:
    """Everything is typed in capitals."""
    return _spelled(draw, all_capitals, Spelling.CAPITALS)


def no_diacritics(draw: Draw) -> Case:
    """Not one diacritic anywhere, the mail included."""
    scene = a_scene(draw, HouseKind.COMMUNE).dressed(
        spelling=Spelling.BARE, cover_format=Format.DOCX, table_format=Format.XLSX, names=4
    )
    papers = tuple(
        renamed(paper, spell(paper.name, Spelling.BARE)[0][0]) for paper in scene.desk.all()
    )
    letter = mails.without_marks(scene.letter(*papers))
    return scene.judged(
        no_diacritics, Answer(state="complete", papers=papers, may_fail=("C13", "N07")), letter
    )


def noisy_spaces(draw: Draw) -> Case:
    """No-break spaces, double spaces and zero-width characters stand between the words."""
    return _spelled(draw, noisy_spaces, Spelling.NOISY)


def worn_spelling(draw: Draw) -> Case:
    """U+00D0 for Đ, hoà and uỷ, “BKHHCN”, “năng xuất”: the slips of real offices."""
    return _spelled(draw, worn_spelling, Spelling.WORN)


def half_in_tcvn3(draw: Draw) -> Case:
    """One form is in a TCVN3 font, the rest is Unicode."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=2).dressed(cover_format=Format.DOCX)
    old = scene.dressed(spelling=Spelling.TCVN3)
    desk = scene.desk
    papers = (desk.cover(), desk.table(), old.desk.form(1), desk.form(2))
    return scene.complete(half_in_tcvn3, *papers, state_also=("officer",))


def sent_twice(draw: Draw) -> Case:
    """The same mail, octet for octet, twice within a minute: one dossier, one verdict."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    letter = scene.letter(*papers)
    again = replace(letter, at=letter.at + timedelta(seconds=40))
    answer = Answer(state="complete", papers=papers, may_fail=("C13", "N07"))
    first = replace(said_of(answer), reply_also=("none",))
    second = Said(
        triage="supplement",
        reply="none",
        triage_also=("submission", "other"),
        reply_also=("complete",),
    )
    return scene.case(sent_twice, (letter, again), (first, second), answer)


RECIPES: tuple[Recipe, ...] = (
    zip_utf8,
    zip_cp1258,
    zip_unmarked_utf8,
    zip_in_folders,
    everything_as_octets,
    wrong_extension,
    by_outlook,
    by_zimbra,
    by_thunderbird,
    by_apple_mail,
    by_telephone,
    by_an_old_program,
    inline_files,
    nameless_files,
    uuencoded_files,
    signed_mail,
    forwarded_inline,
    forwarded_as_a_mail,
    forwarded_as_octets,
    call_letter_sent_back,
    call_letter_for_a_cover,
    reply_to_the_call,
    template_beside_the_form,
    typed_in_tcvn3,
    typed_in_vni,
    typed_on_a_mac,
    all_capitals,
    no_diacritics,
    noisy_spaces,
    worn_spelling,
    half_in_tcvn3,
    sent_twice,
)
