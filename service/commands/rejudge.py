"""`vanthu rejudge`: what today's rules and call would say of the dossiers judged before."""

import click

from config.settings import SettingsError
from service.prepare import prepare


@click.command()
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem khác biệt, không đổi gì.")
@click.option("--apply", "for_good", is_flag=True, help="Kiểm tra lại các hồ sơ có khác biệt.")
def rejudge(*, dry_run: bool, for_good: bool) -> None:
    """So kết luận đã lưu với kết luận theo quy tắc hiện nay, trước khi báo cho ai."""
    if dry_run == for_good:
        message = "Chọn một trong hai: --dry-run hoặc --apply."
        raise click.UsageError(message)
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from ledger import acts  # noqa: PLC0415 -- rows need `prepare` first
    from service.rejudging import differences  # noqa: PLC0415 -- as above
    from service.wiring import wire  # noqa: PLC0415 -- as above

    office, count = wire(settings), 0
    for difference in differences(office):
        count += 1
        click.echo(f"{difference.code}: {difference.before} → {difference.after}")
        for words in difference.gone:
            click.echo(f"  - {words}")
        for words in difference.new:
            click.echo(f"  + {words}")
        if for_good:
            acts.judge_now(difference.dossier, "vanthu rejudge", office.clock.now())
    click.echo(f"{count} hồ sơ có kết luận khác.")
