"""The desk on a port of its own, for every command that serves it."""

import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.core.wsgi import get_wsgi_application
from waitress.server import BaseWSGIServer, create_server

from config.settings import Settings, SettingsError
from service import log
from service.prepare import prepare

if TYPE_CHECKING:
    from ingest.pages.album import Album

_THREADS = 4


def begin(log_file: Path | None) -> tuple[Settings, threading.Event]:
    """Read the settings, open the log, and mind the signals that end a service.

    Raises `click.ClickException` for settings that cannot be used.
    """
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    log.set_up(log_file)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return settings, stop


def need_postgresql(settings: Settings) -> None:
    """Raise `click.ClickException` where one file on one PC is the ledger."""
    if not settings.database_url.get_secret_value():
        message = (
            "Nhiều máy cùng làm cần sổ trong PostgreSQL: đặt VANTHU_DATABASE_URL; một máy thì dùng"
            " vanthu run. (Several machines need PostgreSQL.)"
        )
        raise click.ClickException(message)


@dataclass(frozen=True, slots=True)
class Served:
    """The desk while it is open."""

    _server: BaseWSGIServer
    _album: "Album"

    def close(self) -> None:
        """Answer nobody any more; pictures of pages that are being made are given up."""
        self._server.close()
        self._album.close()


def desk(settings: Settings) -> Served:
    """The officer's pages, served in a thread. Raises `ClickException` when the port is taken."""
    from desk.papers import hand_in  # noqa: PLC0415 -- rows can be imported only after `prepare`
    from service.showing import Shown, album_of  # noqa: PLC0415 -- as above

    try:
        server = create_server(
            get_wsgi_application(),
            host=settings.desk.host,
            port=settings.desk.port,
            threads=_THREADS,
        )
    except OSError as error:
        message = f"Không mở được cổng {settings.desk.port} cho trang cán bộ: {error}."
        raise click.ClickException(message) from error
    album = album_of(settings)
    hand_in(Shown(album))
    threading.Thread(target=server.run, name="desk", daemon=True).start()
    click.echo(f"Trang cán bộ: http://{settings.desk.host}:{settings.desk.port}/")
    return Served(server, album)
