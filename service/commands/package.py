"""`vanthu package`: build the consolidated package of complete and released dossiers."""

import shutil
from pathlib import Path

import click

from config.settings import SettingsError
from service.prepare import prepare


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Thư mục đặt tệp; mặc định là thư mục hiện tại.",
)
def package(folder: Path) -> None:
    """Lập hồ sơ tổng hợp (tệp .zip) từ các hồ sơ đầy đủ và hồ sơ cán bộ đã duyệt."""
    try:
        prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from desk import verbs  # noqa: PLC0415 -- rows need `prepare` first
    from service.clock import SystemClock  # noqa: PLC0415 -- as above

    try:
        made = verbs.make_package("vanthu package", SystemClock().now())
    except verbs.RefusedError as error:
        raise click.ClickException(str(error) or "Chưa lập được hồ sơ tổng hợp.") from error
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / made.name
    shutil.copyfile(verbs.store().path(made.digest), target)
    click.echo(f"{target} ({made.dossiers.count()} hồ sơ, sha256 {made.digest})")
