"""`vanthu retry`: what was set aside after three tries, and trying it once more."""

import click

from config.settings import SettingsError
from service.prepare import prepare


@click.command()
@click.argument("rows", nargs=-1, metavar="[BƯỚC:SỐ]…")
@click.option("--all", "everything", is_flag=True, help="Làm lại tất cả việc bị tạm dừng.")
def retry(rows: tuple[str, ...], *, everything: bool) -> None:
    """Liệt kê việc bị tạm dừng sau ba lần hỏng, hoặc làm lại: vanthu retry read:12."""
    try:
        prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from ledger import acts, work  # noqa: PLC0415 -- rows need `prepare` first
    from service.clock import SystemClock  # noqa: PLC0415 -- as above

    found = {f"{stage.value}:{row.pk}": (stage, row) for stage, row in work.set_aside()}
    if unknown := [one for one in rows if one not in found]:
        message = f"Không có việc bị tạm dừng: {', '.join(unknown)}."
        raise click.ClickException(message)
    if not rows and not everything:
        for name, (stage, row) in found.items():
            click.echo(f"{name}\t{stage.label}\t{row}\t{row.set_aside}")
        click.echo(f"{len(found)} việc bị tạm dừng.")
        return
    for name in found if everything else rows:
        stage, row = found[name]
        acts.retry(stage, row.pk, "vanthu retry", SystemClock().now())
        click.echo(f"Sẽ làm lại {name}.")
