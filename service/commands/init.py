"""`vanthu init`: the settings file, the ledger, and the first officer's account."""

import json
import os
import re
from pathlib import Path

import click

from config.settings import EXAMPLE, SettingsError, config_path
from service.prepare import prepare


@click.command()
@click.option("--imap-host", prompt="Máy chủ nhận thư (IMAP)", help="Máy chủ nhận thư.")
@click.option("--imap-port", default=993, show_default=True, help="Cổng nhận thư.")
@click.option("--smtp-host", default="", help="Máy chủ gửi thư; bỏ trống: như máy chủ nhận.")
@click.option("--smtp-port", default=465, show_default=True, help="Cổng gửi thư.")
@click.option("--user", prompt="Tên đăng nhập hộp thư", help="Tên đăng nhập hộp thư.")
@click.option(
    "--password",
    prompt="Mật khẩu hộp thư",
    hide_input=True,
    envvar="VANTHU_INIT_PASSWORD",
    help="Mật khẩu hộp thư; nên đặt qua VANTHU_INIT_PASSWORD.",
)
@click.option("--officer", prompt="Tên đăng nhập của cán bộ", help="Tài khoản cán bộ đầu tiên.")
@click.option(
    "--officer-password",
    prompt="Mật khẩu của cán bộ",
    hide_input=True,
    confirmation_prompt=True,
    envvar="VANTHU_INIT_OFFICER_PASSWORD",
    help="Mật khẩu của cán bộ; nên đặt qua VANTHU_INIT_OFFICER_PASSWORD.",
)
def init(  # noqa: PLR0913 -- each is one option of the command
    *,
    imap_host: str,
    imap_port: int,
    smtp_host: str,
    smtp_port: int,
    user: str,
    password: str,
    officer: str,
    officer_password: str,
) -> None:
    """Lập vanthu.toml, sổ và tài khoản cán bộ đầu tiên."""
    path = config_path()
    if path.exists():
        click.echo(f"Giữ nguyên {path} đã có.")
    else:
        values: dict[tuple[str, str], str | int] = {
            ("mailboxes", "host"): imap_host,
            ("mailboxes", "port"): imap_port,
            ("mailboxes", "user"): user,
            ("mailboxes", "password"): password,
            ("smtp", "host"): smtp_host or imap_host,
            ("smtp", "port"): smtp_port,
            ("smtp", "user"): user,
            ("smtp", "password"): password,
        }
        _write(path, filled(EXAMPLE.read_text(encoding="utf-8"), values))
        click.echo(f"Đã viết {path}.")
    try:
        prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    _admit(officer, officer_password)
    click.echo("Tiếp theo: vanthu doctor, rồi vanthu run.")


def filled(text: str, values: dict[tuple[str, str], str | int]) -> str:
    """Put values into the commented example, each in its section; comments stay."""
    section, lines = "", []
    for line in text.splitlines():
        if heading := re.fullmatch(r"\[+(\w+)\]+", line.strip()):
            section = heading[1]
        key = line.partition("=")[0].strip()
        if (section, key) in values:
            comment = line.partition("#")[2]
            written = f"{key} = {json.dumps(values[section, key], ensure_ascii=False)}"
            lines.append(f"{written}  #{comment}" if comment else written)
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    """Readable by its owner only: it holds passwords."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _admit(officer: str, password: str) -> None:
    from ledger import migrating, officers  # noqa: PLC0415 -- rows need `prepare` first

    migrating.bring_up()
    try:
        officers.admit(officer, password)
    except officers.WeakPasswordError as error:
        message = f"Mật khẩu của cán bộ chưa dùng được: {error}"
        raise click.ClickException(message) from error
    click.echo(f"Đã lập tài khoản cán bộ “{officer}”.")
