"""An officer's first look: the demo's own day, in a real browser that runs no script."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ledger.models import LetterState, Outgoing
from ledger.store import Store
from tests.ledgers import ledger_at

pytestmark = [pytest.mark.e2e, pytest.mark.browser]
ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
PATIENCE = 60_000
"""Milliseconds for what takes one on an idle machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demo whose day is over and whose desk is open."""

    address: str
    name: str
    password: str
    home: Path


@pytest.fixture
def chromium() -> Path:
    """Debian's Chromium; its absence skips, but fails in CI, where nothing may be missing."""
    if not CHROMIUM.exists():
        reason = "Chromium is not installed (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return CHROMIUM


@pytest.fixture
def demo(chromium: Path, tmp_path: Path) -> Iterator[Demo]:
    """The real demo, at the address it prints, with at least one letter that waits."""
    assert chromium.exists()
    with _running(tmp_path / "demo") as said:
        found = re.search(r"(http://\S+/)\s+\(tên đăng nhập (\S+), mật khẩu (\S+)\)", said)
        assert found is not None, said
        home = tmp_path / "demo"
        with ledger_at(home / "var" / "vanthu.sqlite3"):
            if not Outgoing.objects.filter(state=LetterState.HELD).exists():
                a_held_letter(Store(home / "var" / "store"))
        yield Demo(address=found[1], name=found[2], password=found[3], home=home)


@contextmanager
def _running(home: Path) -> Iterator[str]:
    """Run the demo until its day is over; give what it printed. Nothing of it is left after."""
    process = subprocess.Popen(  # noqa: S603 -- our own command
        [sys.executable, "-m", "service.cli", "demo", "--out", str(home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        printed = ""
        for line in process.stdout:
            printed += line
            if "Ctrl-C" in line:
                break
        else:
            pytest.fail(f"the demo ended by itself:\n{printed}")
        yield printed
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)
        process.stdout.close()


def a_held_letter(store: Store) -> None:
    """A letter like one that was sent, but held: the service sends it when it is released."""
    sent = Outgoing.objects.filter(kind="gaps").latest("pk")
    ours = sent.message_id.replace("<", "<officer-", 1)
    raw = store.get(sent.digest).replace(sent.message_id.encode(), ours.encode())
    Outgoing.objects.create(
        dossier=sent.dossier,
        verdict=sent.verdict,
        kind="held",
        to=sent.to,
        to_name=sent.to_name,
        subject=sent.subject,
        text=sent.text,
        html=sent.html,
        message_id=ours,
        digest=store.put(raw),
        state=LetterState.HELD,
        held_because=["Cán bộ xem trước khi gửi."],
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@contextmanager
def _browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, ONLY_HERE])
        try:
            yield browser
        finally:
            browser.close()


def test_an_officer_logs_in_reads_the_gaps_releases_a_letter_and_takes_the_package(
    demo: Demo, chromium: Path, tmp_path: Path
) -> None:
    with _browser(chromium) as browser:
        page = browser.new_page(java_script_enabled=False, locale="vi-VN")
        page.set_default_timeout(PATIENCE)
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))

        log_in(page, demo)
        see_the_dossiers(page)
        read_the_gaps(page)
        see_who_has_answered(page, tmp_path / "don-vi.xlsx")
        see_the_rules(page)
        release_a_letter(page)
        package = take_the_package(page, tmp_path / "package.zip")

    assert told == []
    with ZipFile(package) as opened:
        assert opened.testzip() is None
        names = [name.rpartition("/")[2] for name in opened.namelist()]
    assert {"MANIFEST.json", "01_Bang-tong-hop_de-xuat-nhiem-vu.xlsx"} <= set(names)


def log_in(page: Page, demo: Demo) -> None:
    """Come in at the printed address; a stranger meets the login."""
    page.goto(demo.address)
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.get_by_label("Tên đăng nhập").fill(demo.name)
    page.get_by_label("Mật khẩu").fill(demo.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hồ sơ", exact=True)).to_be_visible()


def see_the_dossiers(page: Page) -> None:
    """At least ten dossiers, those that wait for a person first, and the menu says where we are."""
    rows = page.get_by_role("row")
    assert rows.count() > 10
    expect(rows.nth(1)).to_contain_text("chờ cán bộ kiểm tra")
    expect(page.get_by_role("link", name=re.compile("^Hồ sơ \\d"))).to_have_attribute(
        "aria-current", "page"
    )


def read_the_gaps(page: Page) -> None:
    """Open a dossier with gaps: what, how to mend it, the clause and its words."""
    page.get_by_role("link", name=re.compile("cần bổ sung$")).click()
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=re.compile("Đơn vị cần bổ sung"))).to_be_visible()
    gap = page.locator(".finding.gap").first
    expect(gap.get_by_role("heading")).not_to_be_empty()
    expect(gap.locator("figcaption", has_text="Căn cứ:")).to_be_visible()
    expect(gap.locator("figure.law blockquote")).to_contain_text("“")
    expect(page.locator("ul.files a").first).to_be_visible()


def see_who_has_answered(page: Page, target: Path) -> None:
    """The register with its counts; the workbook that comes out goes in again."""
    page.get_by_role("link", name="Đơn vị", exact=True).click()
    every = page.get_by_role("row").count()
    page.get_by_role("link", name=re.compile("chưa phản hồi$")).click()
    assert 1 < page.get_by_role("row").count() < every
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải danh sách (.xlsx)").click()
    download.value.save_as(target)
    page.get_by_label("Tệp .xlsx đã sửa").set_input_files(target)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("status")).to_have_text("Đã nhập: thêm 0, sửa 0, bỏ 0 đơn vị.")


def see_the_rules(page: Page) -> None:
    """Rules with their counts, and behind one the dossiers it speaks of."""
    page.get_by_role("link", name="Quy tắc", exact=True).click()
    page.get_by_role("row").nth(1).get_by_role("link").click()
    expect(page.get_by_role("heading", name="Hồ sơ quy tắc đang nói đến")).to_be_visible()
    expect(page.locator(".finding a").first).to_be_visible()


def release_a_letter(page: Page) -> None:
    """Release what waits; the page follows it until the server took it."""
    page.get_by_role("link", name=re.compile("^Thư trả lời")).click()
    page.get_by_role("row").filter(has_text="chờ duyệt").get_by_role("link").first.click()
    expect(page.locator("pre.letter")).to_contain_text("Kính gửi")
    page.get_by_role("button", name="Duyệt và gửi").click()
    expect(page.get_by_role("status")).to_have_text("Đã duyệt; thư đang được gửi.")
    expect(page.locator("main .state.sent")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Duyệt và gửi")).to_have_count(0)


def take_the_package(page: Page, target: Path) -> Path:
    """Build the package and save it."""
    page.get_by_role("link", name="Hồ sơ tổng hợp").click()
    page.get_by_role("button", name="Lập hồ sơ tổng hợp").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lập hồ sơ tổng hợp")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"\.zip$")).first.click()
    download.value.save_as(target)
    return target
