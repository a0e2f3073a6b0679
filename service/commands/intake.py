"""`vanthu intake`: a paper dossier handed in at the counter is entered with its scans."""

import re
from datetime import datetime
from pathlib import Path

import click

from config.settings import SettingsError
from dossier.times import VIETNAM
from service.prepare import prepare

_ADDRESS = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")
_TIME = "%Y-%m-%d %H:%M"


@click.command()
@click.argument(
    "scans",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="TỆP…",
)
@click.option("--unit", required=True, help="Tên đơn vị nộp hồ sơ.")
@click.option(
    "--at", "at", type=click.DateTime([_TIME]), help=f"Giờ nộp ({_TIME}); bỏ trống: bây giờ."
)
@click.option("--by", "who", required=True, help="Tài khoản của cán bộ nhận hồ sơ.")
@click.option("--reason", required=True, help="Lý do nhập tay, ví dụ “đơn vị nộp bản giấy”.")
@click.option("--email", default="", help="Địa chỉ nhận thư trả lời; bỏ trống: không trả lời.")
@click.option("--call", "call_id", default="", help="Đợt đề xuất; bỏ trống: đợt đầu.")
def intake(  # noqa: PLR0913 -- each is one option of the command
    *,
    scans: tuple[Path, ...],
    unit: str,
    at: datetime | None,
    who: str,
    reason: str,
    email: str,
    call_id: str,
) -> None:
    """Nhập hồ sơ giấy nộp tại phòng, kèm bản chụp (tệp hoặc thư mục)."""
    try:
        settings = prepare()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    from ledger import migrating, officers  # noqa: PLC0415 -- rows need `prepare` first
    from service import handing_in  # noqa: PLC0415 -- as above
    from service.wiring import wire  # noqa: PLC0415 -- as above

    migrating.bring_up()
    if not officers.is_officer(who):
        message = f"Không có cán bộ nào tên “{who}”."
        raise click.ClickException(message)
    if email and not _ADDRESS.fullmatch(email):
        message = f"“{email}” không phải địa chỉ thư điện tử."
        raise click.ClickException(message)
    office = wire(settings)
    named = (one.name for one in settings.mailboxes if (one.call or settings.calls[0]) == call_id)
    account = next(named, "") if call_id else next((one.name for one in settings.mailboxes), "quay")
    if not account:
        message = f"Không có hộp thư nào của đợt “{call_id}”."
        raise click.ClickException(message)
    papers = handing_in.HandedIn(
        unit=unit,
        at=at.replace(tzinfo=VIETNAM) if at else office.clock.now(),
        who=who,
        reason=reason,
        files=[(path.name, path.read_bytes()) for path in _listed(scans)],
        address=email,
    )
    try:
        row, is_new = handing_in.enter(office, papers, account)
    except handing_in.NotEnteredError as error:
        raise click.ClickException(str(error)) from error
    said = "Đã nhập" if is_new else "Hồ sơ này đã được nhập trước đó,"
    click.echo(f"{said} {len(papers.files)} tệp, sổ ghi {row}.")


def _listed(paths: tuple[Path, ...]) -> list[Path]:
    """Every file named, and every file in a folder named; hidden ones are nobody's papers."""
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        )
        found += (one for one in inside if not one.name.startswith("."))
    return found
