"""`vanthu doctor`: what is set up, what is missing, what fails, and what to do about it."""

import shutil
import socket
import ssl
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import click

from config.settings import Security, Settings, SettingsError
from ingest.programs import capabilities, found
from service.prepare import prepare

_SCARCE = 2 << 30
"""Bytes of free disk below which mails may soon not be kept."""
_TIMEOUT = 10.0


class Level(StrEnum):
    """How much a line matters."""

    FINE = "ổn"
    HINT = "lưu ý"
    FAULT = "LỖI"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at."""

    level: Level
    says: str


@click.command()
@click.option("--whole", is_flag=True, help="Đọc lại từng byte của mọi thư và tệp trong kho.")
@click.option("--offline", is_flag=True, help="Không kết nối hộp thư và máy chủ gửi thư.")
def doctor(*, whole: bool, offline: bool) -> None:
    """Xem dịch vụ có gì, thiếu gì, hỏng gì. Mã thoát 1 khi có lỗi."""
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    faults = 0
    for line in _lines(settings, whole=whole, offline=offline):
        click.echo(f"[{line.level}] {line.says}")
        faults += line.level is Level.FAULT
    click.echo(f"{faults} lỗi." if faults else "Không có lỗi.")
    sys.exit(1 if faults else 0)


def _lines(settings: Settings, *, whole: bool, offline: bool) -> Iterator[Line]:
    yield from _programs()
    yield from _disk(settings)
    if not offline:
        yield from _servers(settings)
    yield from _ledger(settings, whole=whole)


def _programs() -> Iterator[Line]:
    """What the readers can do here; nothing of it is required."""
    for one in capabilities(found()):
        bring = f" Cài thêm: {' '.join(one.packages)}." if one.packages else ""
        yield Line(Level.FINE, one.says) if one.is_there else Line(Level.HINT, one.says + bring)


def _disk(settings: Settings) -> Iterator[Line]:
    free = shutil.disk_usage(settings.data_folder).free
    level = Level.FINE if free > _SCARCE else Level.FAULT
    yield Line(level, f"Ổ đĩa của {settings.data_folder} còn {free / (1 << 30):.1f} GB.")


def _servers(settings: Settings) -> Iterator[Line]:
    if not settings.mailboxes:
        yield Line(Level.FAULT, "Chưa đặt hộp thư ([[mailboxes]] trong vanthu.toml).")
    for mailbox in settings.imap_mailboxes:
        where = f"Hộp thư {mailbox.name} ({mailbox.host}:{mailbox.port})"
        yield _reach(where, mailbox.host, mailbox.port, mailbox.security, b"* ")
    if settings.smtp is None:
        yield Line(Level.FAULT, "Chưa đặt máy chủ gửi thư ([smtp] trong vanthu.toml).")
        return
    where = f"Máy chủ gửi thư ({settings.smtp.host}:{settings.smtp.port})"
    yield _reach(where, settings.smtp.host, settings.smtp.port, settings.smtp.security, b"220")


def _reach(where: str, host: str, port: int, security: Security, greeting: bytes, /) -> Line:
    """Connect as the service would and hear the greeting; no password is sent."""
    try:
        with socket.create_connection((host, port), _TIMEOUT) as plain:
            connection = plain
            if security is Security.TLS:
                context = ssl.create_default_context()
                connection = context.wrap_socket(plain, server_hostname=host)
            heard = connection.recv(512)
    except OSError as error:
        return Line(Level.FAULT, f"{where} không kết nối được: {error}.")
    if not heard.startswith(greeting):
        return Line(Level.FAULT, f"{where} trả lời không như mong đợi.")
    return Line(Level.FINE, f"{where} kết nối được.")


def _ledger(settings: Settings, *, whole: bool) -> Iterator[Line]:
    """What stands in the ledger; its modules know the rows and load only after Django."""
    from ledger import intake, invariants, migrating, troubles  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from ledger.store import Store  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from service.clock import SystemClock  # noqa: PLC0415 -- rows can be imported only after `prepare`

    if not migrating.is_up_to_date():
        yield Line(
            Level.FAULT, "Sổ chưa được lập hoặc thuộc bản cũ: chạy vanthu run hoặc vanthu init."
        )
        return
    now = SystemClock().now()
    newest = intake.newest_moment()
    if newest is not None and newest > now + timedelta(minutes=5):
        yield Line(Level.FAULT, f"Đồng hồ máy chậm hơn sổ: sổ ghi đến {newest:%H:%M %d/%m/%Y}.")
    yield from (
        Line(Level.FAULT, one)
        for one in invariants.broken(Store(settings.data_folder / "store"), whole=whole)
    )
    for trouble in troubles.lasting():
        since = f"{trouble.since:%H:%M %d/%m/%Y}"
        yield Line(
            Level.FAULT,
            f"{trouble.what} {trouble.where}, từ {since} ({trouble.times} lần): {trouble.reason}",
        )
    patience = timedelta(seconds=10 * settings.poll_seconds) + timedelta(minutes=5)
    for mailbox in settings.imap_mailboxes:
        seen = intake.last_visit(mailbox.name, mailbox.folder)
        if seen is None:
            yield Line(Level.HINT, f"Hộp thư {mailbox.name} chưa được xem lần nào.")
        elif now - seen > patience:
            yield Line(Level.FAULT, f"Hộp thư {mailbox.name} không được xem từ {seen:%H:%M %d/%m}.")
    left = intake.unaccounted()
    yield Line(Level.FAULT if left else Level.FINE, f"{left} thư nằm trong hộp thư mà chưa vào sổ.")
    counts = intake.accounted()
    yield Line(
        Level.FAULT if counts["unaccounted"] else Level.FINE,
        f"Sổ có {counts['all']} thư: {counts['placed']} trong hồ sơ, {counts['elsewhere']} khác,"
        f" {counts['waiting']} đang chờ, {counts['set_aside']} tạm dừng,"
        f" {counts['unaccounted']} không rõ ở đâu.",
    )
