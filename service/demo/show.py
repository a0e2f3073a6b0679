"""`vanthu demo`: an office day before your eyes, every part of it real."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, NoReturn

import click

from config.load import load_call
from config.settings import CONFIG_VARIABLE
from service.demo import servers
from service.demo.cases import demo_cases
from service.demo.mails import Delivered
from service.prepare import prepare

if TYPE_CHECKING:
    from service.demo.table import Table

CALL = "1322-2025"
OFFICER, OFFICER_PASSWORD = "canbo", "van-thu-mau-1322"
DESK_PORT = 8322
QUIET_SECONDS = 3
"""In the demo a unit's dossier is judged this long after its last mail."""
_LONGEST = 600.0
_SETTINGS = """\
# Cấu hình của hộp thư mẫu, do `vanthu demo` lập; xoá cả thư mục này khi không cần nữa.
data_folder = "var"
calls = ["{call}"]
mode = "automatic"
quiet_seconds = {quiet}
poll_seconds = 1

[[mailboxes]]
name = "mau"
host = "{here}"
port = {imap}
user = "{user}"
password = "{password}"
security = "none"

[smtp]
host = "{here}"
port = {smtp}
security = "none"

[desk]
host = "{here}"
port = {desk}

[caps]
address_ten_minutes = 30
address_day = 100
dossier_day = 100
all_ten_minutes = 1000
a_minute = 1000
"""


@click.command()
@click.option("--once", is_flag=True, help="Tự kết thúc khi mọi hồ sơ đã được trả lời.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-out"),
    help="Thư mục để sổ, thư trả lời và hồ sơ tổng hợp.",
)
def demo(*, once: bool, out: Path) -> None:
    """Hộp thư mẫu, hồ sơ mẫu đến dần, dịch vụ thật kiểm tra và trả lời."""
    signal.signal(signal.SIGTERM, _stop)
    home = _fresh(out.absolute())
    office = load_call(CALL).office.mailbox
    with (
        suppress(KeyboardInterrupt),
        servers.mailbox() as imap,
        servers.post_office(home / "replies", office, imap) as smtp,
    ):
        desk = servers.free_port(DESK_PORT)
        _set_up(home, imap=imap, smtp=smtp, desk=desk)
        with _service(home):
            click.echo(_welcome(desk))
            _office_day(imap)
            click.echo(_farewell(home, _package(home)))
            if not once:
                click.echo(_invitation(desk))
                _wait_for_ever()


def _fresh(home: Path) -> Path:
    """An empty folder; an older demo's is cleared, a stranger's is refused."""
    if home.exists():
        if any(home.iterdir()) and not (home / "vanthu.toml").is_file():
            message = f"{home} không phải thư mục của lần chạy mẫu trước; hãy chọn thư mục khác."
            raise click.ClickException(message)
        shutil.rmtree(home)
    home.mkdir(parents=True)
    return home


def _set_up(home: Path, *, imap: int, smtp: int, desk: int) -> None:
    """Write the settings, make the ledger, and give the officer an account."""
    text = _SETTINGS.format(
        call=CALL,
        quiet=QUIET_SECONDS,
        here=servers.HERE,
        imap=imap,
        user=servers.USER,
        password=servers.PASSWORD,
        smtp=smtp,
        desk=desk,
    )
    (home / "vanthu.toml").write_text(text, encoding="utf-8")
    os.environ[CONFIG_VARIABLE] = str(home / "vanthu.toml")
    prepare()
    from ledger import migrating, officers  # noqa: PLC0415 -- rows need `prepare` first

    migrating.bring_up()
    officers.admit(OFFICER, OFFICER_PASSWORD)


@contextmanager
def _service(home: Path) -> Iterator[None]:
    """Run `vanthu run`, the very command an office runs, as a process of its own."""
    with (home / "service.log").open("wb") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "run"], stdout=log, stderr=log
        )
        try:
            yield
        finally:
            service.send_signal(signal.SIGTERM)
            try:
                service.wait(timeout=20)
            except subprocess.TimeoutExpired:
                service.kill()


def _office_day(imap: int) -> None:
    """Deliver the mails in rounds, and print every dossier as it is answered."""
    from service.demo.table import Table  # noqa: PLC0415 -- rows need `prepare` first

    table = Table()
    for line in table.head():
        click.echo(line)
    sent = 0
    for mails in _rounds():
        for mail in mails:
            servers.put(imap, mail.raw, mail.received_at)
        sent += len(mails)
        _watch(table, sent)
    for line in table.foot():
        click.echo(line)


def _rounds() -> Sequence[Sequence[Delivered]]:
    """The mails by round: what a unit sends after it was answered comes in a later one."""
    quiet = timedelta(minutes=load_call(CALL).quiet_minutes)
    rounds: list[list[Delivered]] = []
    for case in demo_cases():
        number, before = 0, None
        for mail in case.mails:
            if before is not None and mail.received_at - before > quiet:
                number += 1
            before = mail.received_at
            while len(rounds) <= number:
                rounds.append([])
            rounds[number].append(mail)
    return rounds


def _watch(table: "Table", sent: int) -> None:
    """Print what happens until every mail sent so far has had its answer."""
    deadline = monotonic() + _LONGEST
    while not table.is_settled(sent):
        for line in table.news():
            click.echo(line)
        if monotonic() > deadline:
            message = "Dịch vụ chưa xử lý xong sau mười phút; xem service.log."
            raise click.ClickException(message)
        sleep(0.2)
    for line in table.news():
        click.echo(line)


def _package(home: Path) -> Path:
    """Build the package with the office's own command."""
    folder = home / "package"
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "service.cli", "package", "--to", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(done.stderr or done.stdout)
    return next(folder.glob("*.zip"))


def _welcome(desk: int) -> str:
    return (
        f"\nVăn Thư đang chạy với một hộp thư mẫu.\n"
        f"Trang của cán bộ: http://{servers.HERE}:{desk}/   "
        f"(tên đăng nhập {OFFICER}, mật khẩu {OFFICER_PASSWORD})\n"
    )


def _farewell(home: Path, package: Path) -> str:
    replies = len(list((home / "replies").glob("*.eml")))
    return (
        f"\n{replies} thư trả lời: {home / 'replies'} (.txt và .html để đọc, .eml là nguyên bản)\n"
        f"Hồ sơ tổng hợp: {package}\n"
        f"Sổ và thư gốc: {home / 'var'} · nhật ký: {home / 'service.log'}\n"
    )


def _invitation(desk: int) -> str:
    return (
        f"Thư cán bộ cần duyệt: http://{servers.HERE}:{desk}/thu/"
        f" (tên đăng nhập {OFFICER}, mật khẩu {OFFICER_PASSWORD})\n"
        "Nhấn Ctrl-C để kết thúc."
    )


def _stop(_number: int, _frame: object) -> NoReturn:
    """End as after Ctrl-C, so that the servers and the service end too."""
    raise KeyboardInterrupt


def _wait_for_ever() -> NoReturn:
    while True:
        sleep(3600)
