"""The place beside a finding, in a real browser that runs no script: desk and telephone."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waitress.server import create_server

from desk.papers import hand_in
from dossier import Place
from ingest.cage import Cage
from ingest.pages.album import Album
from ledger.store import Store
from rules import Finding, Judged, Outcome, Severity
from service.showing import Shown
from tests.desk.conftest import OFFICER, PASSWORD
from tests.desk.rows import a_file, a_judged_dossier
from tests.papers import source

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("officer")]
CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
NAME = "65 phieu thuong.pdf"
WORDS = "THỦ TRƯỞNG ĐƠN VỊ ĐỀ XUẤT"
PATIENCE = 60_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """A dossier with one gap, and the file the gap is about."""

    code: str
    finding: int
    file: int


@pytest.fixture
def browser(address: str, judged: Judgement) -> Iterator[Browser]:
    """Debian's Chromium; its absence skips, but fails in CI, where nothing may be missing.

    It comes last: where it runs, Django lets nobody ask the ledger.
    """
    assert address
    assert judged.code
    if not CHROMIUM.exists():
        reason = "Chromium is not installed (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def address(store: Store, tmp_path: Path) -> Iterator[str]:
    """The desk on a port, with what really makes pictures behind it."""
    with Album(tmp_path / "pages", store.get, cage=Cage(), patience=0.2) as album:
        hand_in(Shown(album))
        server = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://localhost:{server.effective_port}"
        server.task_dispatcher.shutdown(timeout=60)  # a page may still be asked for
        # In its own thread: a socket closed under its `select` is an error there.
        server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))  # noqa: SLF001 -- waitress leaves its sockets open
        thread.join(30)
        assert not thread.is_alive()
        hand_in(None)


@pytest.fixture
def judged(store: Store) -> Judgement:
    """A gap about words of a PDF that is there."""
    finding = Finding(
        outcome=Outcome.FAIL,
        says="Nhiệm vụ đề xuất quá thời hạn.",
        remedy="Rà soát.",
        at=Place(NAME, "", WORDS),
    )
    dossier = a_judged_dossier(store, 1, Judged(rule="E06", severity=Severity.GAP, finding=finding))
    file = a_file(store, dossier.mails.get(), NAME, source("65_phieu_thuong.pdf"))
    newest = dossier.newest
    assert newest is not None
    return Judgement(dossier.code, newest.findings.get().pk, file.pk)


def log_in(page: Page, address: str) -> None:
    """Come in as the officer."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/")
    page.get_by_label("Tên đăng nhập").fill(OFFICER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hồ sơ", exact=True)).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)], ids=["desk", "telephone"])
def test_an_officer_sees_the_place_and_opens_the_paper_by_keyboard(
    browser: Browser, address: str, judged: Judgement, width: int, height: int
) -> None:
    page = browser.new_page(
        java_script_enabled=False, locale="vi-VN", viewport={"width": width, "height": height}
    )
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    log_in(page, address)

    page.goto(f"{address}/ho-so/{judged.code}/")
    place = page.locator("iframe").content_frame.get_by_role("img")
    expect(place).to_have_accessible_name(
        f"Trang 2 của tệp {NAME}, tô vàng chỗ máy nói tới: {WORDS}. Mở cả tệp."
    )
    shown = place.bounding_box()
    fits_beside = fits(page)
    page.get_by_role("link", name="Xem cả tệp").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(2)

    assert shown is not None
    assert (shown["width"] > width * 0.4, shown["height"] > 80) == (True, True)
    assert (fits_beside, fits(page)) == (True, True)
    assert page.url == (
        f"{address}/thu-den/tep/{judged.file}/trang/?dau={judged.finding}&trang=2#trang-2"
    )
    assert told == []


def fits(page: Page) -> bool:
    """Nothing reaches beyond the right edge."""
    view = page.viewport_size
    assert view is not None
    boxes = [one.bounding_box() for one in page.locator("main img, main iframe, main p").all()]
    return all(box["x"] + box["width"] <= view["width"] + 1 for box in boxes if box)
