"""`vanthu units import|export FILE`: the register of units as a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.settings import SettingsError
from service.prepare import prepare

if TYPE_CHECKING:  # rows need `prepare` first
    from dossier import Call

_CALL = click.option("--call", "call_id", default="", help="Đợt nào; mặc định là đợt đầu tiên.")


@click.group()
def units() -> None:
    """Danh sách đơn vị được mời: xuất ra Excel, nhập từ Excel."""


@units.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_CALL
def export_units(file: Path, call_id: str) -> None:
    """Ghi danh sách đơn vị ra tệp .xlsx; sửa trong Excel rồi nhập lại được."""
    call = _prepared(call_id)
    from desk import registers  # noqa: PLC0415 -- rows need `prepare` first
    from ledger import register  # noqa: PLC0415 -- as above

    file.write_bytes(registers.export(call))
    click.echo(f"{file}: {len(register.units_of(call))} đơn vị.")


@units.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_CALL
@click.option("--replace", is_flag=True, help="Bỏ các đơn vị không có trong tệp.")
def import_units(file: Path, call_id: str, *, replace: bool) -> None:
    """Nhập danh sách đơn vị từ tệp .xlsx; một dòng sai thì không dòng nào được nhập."""
    call = _prepared(call_id)
    from desk import registers, verbs  # noqa: PLC0415 -- rows need `prepare` first
    from ledger import acts  # noqa: PLC0415 -- as above
    from service.clock import SystemClock  # noqa: PLC0415 -- as above

    raw, now = file.read_bytes(), SystemClock().now()
    try:
        put = registers.put_workbook(raw, call, "vanthu units", now, drop_missing=replace)
    except (verbs.RefusedError, acts.RefusedError) as error:
        raise click.ClickException(str(error)) from error
    if put.refused:
        for one in put.refused:
            click.echo(f"Dòng {one.row}: {one.reason}.", err=True)
        message = f"{len(put.refused)} dòng không dùng được; chưa nhập gì."
        raise click.ClickException(message)
    click.echo(f"Đã nhập: thêm {put.added}, sửa {put.changed}, bỏ {put.dropped} đơn vị.")


def _prepared(call_id: str) -> "Call":
    try:
        prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from desk import registers, verbs  # noqa: PLC0415 -- rows need `prepare` first

    try:
        return registers.call_asked(call_id)
    except verbs.RefusedError as error:
        raise click.UsageError(str(error)) from error
