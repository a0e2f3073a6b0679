"""`vanthu export`: everything in plain files."""

from pathlib import Path

import click

from config.settings import SettingsError
from service.prepare import prepare


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="THƯ_MỤC")
def export(folder: Path) -> None:
    """Xuất mọi thư, tệp, thư trả lời và sổ (JSON) ra tệp thường. / Export everything."""
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from ledger.store import Store  # noqa: PLC0415 -- rows need `prepare` first
    from service import exporting  # noqa: PLC0415 -- as above

    try:
        done = exporting.export(Store(settings.data_folder / "store"), folder)
    except FileExistsError as error:
        message = f"Thư mục phải trống / the folder must be empty: {folder}"
        raise click.ClickException(message) from error
    click.echo(f"{folder}: {done.files} tệp / files, so.jsonl, SHA256SUMS.")
    for path in done.missing:
        click.echo(f"Không còn trong kho / gone from the store: {path}", err=True)
