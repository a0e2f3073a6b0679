"""`vanthu run`: the mailboxes, the work and the desk, in one process."""

import threading
from contextlib import suppress
from pathlib import Path

import click
from filelock import FileLock, Timeout

from config.settings import Settings
from service import log
from service.serving import begin, desk


@click.command()
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Ghi nhật ký vào tệp này.")
def run(log_file: Path | None) -> None:
    """Chạy dịch vụ: nhận thư, kiểm tra, trả lời, và trang của cán bộ."""
    settings, stop = begin(log_file)
    lock = FileLock(settings.data_folder / "vanthu.lock")
    if _taken(lock, stop):
        with lock:
            _serve(settings, stop)


def _taken(lock: FileLock, stop: threading.Event) -> bool:
    """Wait until no other instance works on this ledger: a second one is a hot standby."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        click.echo("Một Văn Thư khác đang chạy; chương trình này chờ để thay khi cần.", err=True)
    while not lock.is_locked and not stop.is_set():
        with suppress(Timeout):
            lock.acquire(timeout=1)
    return lock.is_locked


def _serve(settings: Settings, stop: threading.Event) -> None:
    """Work until told to stop; what is under way then ends, or is due at the next start."""
    from ledger import migrating  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from service.embedded import Engine  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from service.wiring import wire  # noqa: PLC0415 -- rows can be imported only after `prepare`

    migrating.bring_up()
    office = wire(settings)
    engine = Engine(office)
    served = desk(settings)
    with office.cage:
        log.logger().info("started")
        engine.run(stop)
    served.close()
    log.logger().info("stopped")
