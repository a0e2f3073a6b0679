"""`vanthu login`: a person lets Văn Thư into a mailbox that wants OAuth2, once."""

import time

import click

from config.settings import SettingsError, load
from ingest import oauth
from service.clock import SystemClock
from service.signing_in import application, sign_in


@click.command()
@click.argument("account", default="")
@click.option("--browser", is_flag=True, help="Cho phép bằng trình duyệt trên chính máy này.")
def login(account: str, *, browser: bool) -> None:
    """Cho phép vào hộp thư Gmail, Microsoft 365 bằng OAuth2."""
    try:
        settings = load()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    wanted = [one for one in settings.imap_mailboxes if one.oauth and account in ("", one.name)]
    clock = SystemClock()
    permission = sign_in(wanted[0], settings, clock.now) if wanted else None
    if permission is None or wanted[0].oauth is None:
        named = f"“{account}”" if account else "nào"
        message = f"Không có hộp thư {named} đặt [mailboxes.oauth] trong vanthu.toml."
        raise click.ClickException(message)
    try:
        ours = application(wanted[0].oauth)
        if browser or not ours.device_url:
            answer = oauth.ask_in_browser(ours, lambda url: click.echo(f"Mở trang này:\n{url}"))
        else:
            code = oauth.ask_on_device(ours, clock.now())
            click.echo(f"Mở {code.address} trên máy bất kỳ và nhập mã: {code.user_code}")
            answer = oauth.await_permission(ours, code, now=clock.now, sleep=time.sleep)
        permission.keep(answer)
    except (ValueError, oauth.SignInError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Văn Thư đã được vào hộp thư {wanted[0].name}.")
