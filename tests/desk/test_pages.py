"""Pages beside findings: what the officer sees, when it is not ready, and what nobody may see."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from desk.papers import BusyError, NoPagesError, Outline, Spot, hand_in
from dossier import Place, Triage
from ledger.models import Dossier, Finding, Incoming, IncomingFile
from ledger.store import Store
from rules import Finding as Said
from rules import Judged, Outcome, Severity
from tests.desk.rows import a_file, a_judged_dossier, a_question, text
from tests.ledger.rows import a_mail

PNG = b"\x89PNG of a page"


class Maker:
    """Makes a picture of anything at once, unless it is told not to."""

    def __init__(self) -> None:
        """Two pages, the words on the second."""
        self.spot = Spot(page=2, is_marked=True, is_sure=True)
        self.trouble: Exception | None = None
        self.asked: list[tuple[str, object]] = []

    def shows(self, kind: str) -> bool:
        """Tell whether papers of a kind have pages."""
        return kind in {"pdf", "docx"}

    def outline(self, digest: str, kind: str) -> Outline:
        """Two pages of A4."""
        self._note(digest, kind)
        return Outline(total=2, sizes=((595.0, 842.0), (595.0, 842.0)))

    def picture(self, digest: str, kind: str, *, page: int, width: int, at: Place | None) -> bytes:
        """Always the same."""
        self._note(digest, (kind, page, width, at))
        return PNG

    def locate(self, digest: str, kind: str, at: Place) -> Spot:
        """Where it was told."""
        self._note(digest, (kind, at))
        return self.spot

    def excerpt(self, digest: str, kind: str, at: Place, *, narrow: bool) -> bytes:
        """Always the same."""
        self._note(digest, (kind, at, narrow))
        return PNG

    def _note(self, digest: str, asked: object) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.asked.append((digest, asked))


@pytest.fixture
def maker() -> Iterator[Maker]:
    """What the wiring would hand in."""
    one = Maker()
    hand_in(one)
    yield one
    hand_in(None)


@pytest.fixture
def dossier(store: Store) -> Dossier:
    """One question about “phieu-1.docx”, which is there, and one about a file that is not."""
    elsewhere = Said(outcome=Outcome.UNKNOWN, says="Khác.", remedy="Xem.", at=Place("khong-co.pdf"))
    other = Judged(rule="C09", severity=Severity.GAP, finding=elsewhere)
    dossier = a_judged_dossier(store, 1, a_question(), other)
    a_paper(store, dossier.mails.get())
    return dossier


def a_paper(store: Store, mail: Incoming, raw: bytes = b"a form") -> IncomingFile:
    file = a_file(store, mail, "phieu-1.docx", raw)
    IncomingFile.objects.filter(pk=file.pk).update(kind="docx")
    return file


def question() -> Finding:
    return Finding.objects.get(file="phieu-1.docx")


def frame(dossier: Dossier) -> str:
    return f"/ho-so/{dossier.code}/anh/{question().pk}/"


def paper() -> str:
    return f"/thu-den/tep/{IncomingFile.objects.get().pk}/trang/"


# ------------------------------------------------------------------ beside a finding


@pytest.mark.usefixtures("maker")
def test_a_finding_about_a_paper_has_its_place_beside_it(desk: Client, dossier: Dossier) -> None:
    page = text(desk.get(f"/ho-so/{dossier.code}/"))

    assert page.count("<iframe") == 1
    assert f'<iframe src="{frame(dossier)}"' in page
    assert f'href="{paper()}?dau={question().pk}"' in page


def test_without_a_maker_there_are_no_frames_and_no_links(desk: Client, dossier: Dossier) -> None:
    page = text(desk.get(f"/ho-so/{dossier.code}/"))

    assert ("<iframe" in page, "xem trang" in page) == (False, False)
    assert "phieu-1.docx" in page


def test_the_frame_shows_the_place_and_says_what_it_shows(
    desk: Client, dossier: Dossier, maker: Maker
) -> None:
    answer = desk.get(frame(dossier))
    shown = unescape(text(answer))

    assert answer.status_code == 200
    assert "Trang 2 của tệp phieu-1.docx, tô vàng chỗ máy nói tới: xây dựng mô hình" in shown
    assert 'http-equiv="refresh"' not in shown
    assert maker.asked[0][1] == ("docx", Place("phieu-1.docx", "mục 2", question().words))


def test_the_picture_is_a_picture_that_no_browser_keeps(
    desk: Client, dossier: Dossier, maker: Maker
) -> None:
    answer = desk.get(f"{frame(dossier)}hinh?hep=1")

    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert maker.asked[-1][1] == ("docx", Place("phieu-1.docx", "mục 2", question().words), True)


def test_a_place_that_was_not_found_says_so(desk: Client, dossier: Dossier, maker: Maker) -> None:
    maker.spot = Spot(page=1, is_marked=False, is_sure=False)

    shown = unescape(text(desk.get(frame(dossier))))

    assert "chưa xác định được trang có nội dung này" in shown
    assert "trang ? – đầu tệp" in shown


def test_a_frame_that_is_not_ready_asks_again_by_itself(
    desk: Client, dossier: Dossier, maker: Maker
) -> None:
    maker.trouble = BusyError()

    answer, picture = desk.get(frame(dossier)), desk.get(f"{frame(dossier)}hinh")

    assert answer.status_code == 202
    assert '<meta http-equiv="refresh" content="3">' in text(answer)
    assert "Đang dựng ảnh trang…" in text(answer)
    assert (picture.status_code, picture.headers["Retry-After"]) == (503, "3")


def test_what_cannot_be_shown_says_why_and_offers_the_file(
    desk: Client, dossier: Dossier, maker: Maker
) -> None:
    maker.trouble = NoPagesError("máy này thiếu LibreOffice")

    beside, whole = text(desk.get(frame(dossier))), text(desk.get(paper()))

    assert "Không dựng được ảnh trang: máy này thiếu LibreOffice" in beside
    assert "Không dựng được ảnh trang: máy này thiếu LibreOffice." in whole
    assert "Tải bản gốc" in whole
    assert desk.get(f"{paper()}1").status_code == 404


@pytest.mark.usefixtures("maker")
def test_a_finding_is_only_shown_in_its_own_dossier(
    desk: Client, store: Store, dossier: Dossier
) -> None:
    other = a_judged_dossier(store, 2)
    without_paper = Finding.objects.get(file="khong-co.pdf").pk

    answers = [
        desk.get(f"/ho-so/{other.code}/anh/{question().pk}/"),
        desk.get(f"/ho-so/{dossier.code}/anh/{without_paper}/"),
        desk.get(f"/ho-so/{dossier.code}/anh/{without_paper}/hinh"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_of_two_files_of_one_name_the_last_one_is_shown(
    desk: Client, store: Store, dossier: Dossier, maker: Maker
) -> None:
    second = a_mail(store, 2)
    Incoming.objects.filter(pk=second.pk).update(dossier=dossier)
    newer = a_paper(store, second, b"the form once more")
    newest = dossier.newest
    assert newest is not None
    newest.mails = [*newest.mails, second.pk]
    newest.save()

    desk.get(frame(dossier))

    assert maker.asked[0][0] == newer.digest


# ------------------------------------------------------------------ the whole paper


@pytest.mark.usefixtures("maker")
def test_all_pages_stand_one_under_another(desk: Client, dossier: Dossier) -> None:
    shown = unescape(text(desk.get(paper())))

    assert [f'id="trang-{number}"' in shown for number in (1, 2, 3)] == [True, True, False]
    assert shown.count('loading="lazy"') == 2
    assert 'width="900" height="1274"' in shown
    assert f'href="/ho-so/{dossier.code}/"' in shown


@pytest.mark.usefixtures("dossier", "maker")
def test_coming_from_a_finding_one_stands_at_its_page(desk: Client) -> None:
    first = desk.get(f"{paper()}?dau={question().pk}")

    assert first.status_code == 302
    assert first.headers["Location"] == f"{paper()}?dau={question().pk}&trang=2#trang-2"
    shown = unescape(text(desk.get(first.headers["Location"].partition("#")[0])))
    assert f"{paper()}2?dau={question().pk}" in shown
    assert f"{paper()}1?dau=" not in shown
    assert "; chỗ tô vàng: xây dựng mô hình" in shown


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize(("asked", "width"), [("1600", 1600), ("900", 900), ("99999999", 900)])
def test_pages_come_in_two_widths(desk: Client, maker: Maker, asked: str, width: int) -> None:
    desk.get(f"{paper()}2?rong={asked}")

    assert maker.asked[-1][1] == ("docx", 2, width, None)


@pytest.mark.usefixtures("dossier")
def test_a_paper_that_is_being_made_reloads_itself(desk: Client, maker: Maker) -> None:
    maker.trouble = BusyError()

    answer = desk.get(paper())

    assert answer.status_code == 202
    assert '<meta http-equiv="refresh" content="3">' in text(answer)


# ------------------------------------------------------------------ sealed


@pytest.mark.parametrize("seal", ["triage", "reading"])
def test_of_a_sealed_mail_no_page_is_shown(
    desk: Client, dossier: Dossier, maker: Maker, seal: str
) -> None:
    is_triage = seal == "triage"
    changed = {"triage": Triage.QUARANTINED.value} if is_triage else {"reading": {"secret": True}}
    at_first = desk.get(paper()).status_code
    Incoming.objects.update(**changed)
    maker.asked.clear()

    answers = [
        desk.get(address)
        for address in (paper(), f"{paper()}1", frame(dossier), f"{frame(dossier)}hinh")
    ]

    assert at_first == 200
    assert [answer.status_code for answer in answers] == [403, 403, 404, 404]
    assert maker.asked == []


@pytest.mark.usefixtures("maker")
def test_the_dossier_of_a_sealed_mail_has_no_frames(desk: Client, dossier: Dossier) -> None:
    Incoming.objects.update(triage=Triage.QUARANTINED.value)

    page = text(desk.get(f"/ho-so/{dossier.code}/"))

    assert ("<iframe" in page, "xem trang" in page) == (False, False)
