"""`vanthu rejudge`: what today's rules, call and readers would say of what was judged before."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from config.settings import SettingsError
from service.prepare import prepare

if TYPE_CHECKING:  # rows need `prepare` first
    from collections.abc import Sequence

    from service.rejudging import Difference, RuleChange


@click.command()
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem khác biệt, không đổi gì.")
@click.option(
    "--apply",
    "for_good",
    is_flag=True,
    help="Kiểm tra lại các hồ sơ có khác biệt; thư viết ra đều chờ cán bộ duyệt.",
)
@click.option("--call", "calls", multiple=True, help="Chỉ đợt này (dùng được nhiều lần).")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
def rejudge(*, dry_run: bool, for_good: bool, calls: tuple[str, ...], as_json: bool) -> None:
    """So kết luận đã lưu với kết luận theo quy tắc, đợt đề xuất và bộ đọc hiện nay.

    Thư lưu trong kho được đọc lại khi bộ đọc đã đổi. Không thư nào được gửi đi vì việc này mà
    chưa có cán bộ duyệt.
    """
    if dry_run == for_good:
        message = "Chọn một trong hai: --dry-run hoặc --apply."
        raise click.UsageError(message)
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from service.rejudging import by_rule, differences, judged_before  # noqa: PLC0415 -- see above
    from service.wiring import wire  # noqa: PLC0415 -- as above

    office = wire(settings)
    if unknown := [one for one in calls if one not in office.calls]:
        message = f"Đợt “{unknown[0]}” không mở; đang mở: {', '.join(office.calls)}."
        raise click.UsageError(message)
    rows = judged_before(office, calls)
    with click.progressbar(rows, label="Kiểm tra lại", file=sys.stderr) as bar:
        found = tuple(differences(office, bar, for_good=for_good, who="vanthu rejudge"))
    changes = by_rule(found)
    if as_json:
        listed = {"dossiers": [asdict(one) for one in found], "rules": [asdict(c) for c in changes]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        _print(found, changes)


def _print(found: "Sequence[Difference]", changes: "Sequence[RuleChange]") -> None:
    for one in found:
        otherwise = " (tài liệu được đọc khác trước)" if one.reads_otherwise else ""
        click.echo(f"{one.code}: {one.before} → {one.after}{otherwise}")
        for said in one.gone:
            click.echo(f"  - {said.rule} {said.label}: {said.says}")
        for said in one.new:
            click.echo(f"  + {said.rule} {said.label}: {said.says}")
        for mail in one.unreadable:
            click.echo(f"  ! không đọc lại được thư {mail}")
    for change in changes:
        click.echo(f"{change.rule}: {change.new} hồ sơ thêm, {change.gone} hồ sơ hết")
    click.echo(f"{len(found)} hồ sơ có kết luận khác.")
