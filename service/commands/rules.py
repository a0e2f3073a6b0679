"""`vanthu rules stats`: how often each rule found something, and how often it was overruled."""

import json
from dataclasses import asdict

import click

from config.settings import SettingsError
from service.prepare import prepare


@click.group()
def rules() -> None:
    """Các quy tắc kiểm tra: số liệu theo hồ sơ đã kiểm tra."""


@rules.command()
@click.option("--call", "call_id", default="", help="Chỉ một đợt; mặc định là mọi đợt.")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
def stats(call_id: str, *, as_json: bool) -> None:
    """Mỗi quy tắc: bao nhiêu hồ sơ không đạt, không xác định, bao nhiêu lần cán bộ bỏ qua."""
    try:
        prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from ledger.overruled import counts  # noqa: PLC0415 -- rows need `prepare` first

    found = counts(call_id)
    if as_json:
        listed = [{**asdict(one), "overruled": round(one.overruled, 4)} for one in found]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(
            f"{one.rule}  không đạt {one.fails}, không xác định {one.unknowns}, "
            f"xác nhận {one.confirmed}, bỏ qua {one.waived} ({one.overruled:.0%}), "
            f"lỗi {one.errors}  {one.title}"
        )
    click.echo(f"{len(found)} quy tắc có kết quả.")
