"""`vanthu backup` and `vanthu restore`: the whole house in one file, and back."""

from pathlib import Path

import click
from filelock import FileLock, Timeout

from config.settings import SettingsError
from service.prepare import prepare


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="TỆP.tar")
def backup(target: Path) -> None:
    """Sao lưu sổ, thư, tệp, cấu hình vào một tệp, trong khi dịch vụ vẫn chạy. / Back up."""
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if target.exists():
        message = f"Đã có tệp này, không ghi đè / exists already: {target}"
        raise click.ClickException(message)
    from service import keeping  # noqa: PLC0415 -- rows need `prepare` first
    from service.clock import SystemClock  # noqa: PLC0415 -- as above

    kept = keeping.back_up(settings, target, SystemClock().now(), _tell)
    click.echo(f"{target}: {kept.rows} dòng, {kept.files} tệp, {kept.size / 1e6:.1f} MB.")
    click.echo("Tệp chứa mật khẩu và dữ liệu cá nhân; hãy cất nơi an toàn. / Keep it safe.")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(source: Path) -> None:
    """Khôi phục bản sao lưu vào thư mục dữ liệu trống; mọi thư sau đó chờ duyệt. / Restore."""
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from service import keeping  # noqa: PLC0415 -- rows need `prepare` first
    from service.clock import SystemClock  # noqa: PLC0415 -- as above

    try:
        with FileLock(settings.data_folder / "vanthu.lock", timeout=0):
            kept = keeping.restore(settings, source, SystemClock().now(), _tell)
    except Timeout as error:
        message = "Dịch vụ đang chạy; hãy dừng trước khi khôi phục. / Stop the service first."
        raise click.ClickException(message) from error
    except keeping.RestoreError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Đã khôi phục {kept.rows} dòng, {kept.files} tệp, {kept.size / 1e6:.1f} MB.")
    click.echo("Mọi thư chờ cán bộ duyệt cho đến khi cho gửi trở lại ở trang Quy tắc.")


def _tell(line: str) -> None:
    click.echo(line, err=True)
