"""When the service itself cannot work, one mail says so and one says that it is over.

An alarm is no letter of a dossier: it goes to an officer whatever the mode of the letters (but for
a dry run, in which nothing leaves), and is tried every minute until a server takes it. It may come
twice when the power fails in between; it never fails to come.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

from dossier import Mode
from dossier.times import VIETNAM
from ledger import alarms, pen
from ledger.alarms import Ringing
from ledger.models import Trouble
from outbox import send as smtp
from outbox.mime import MAIL
from service.log import logger
from service.wiring import Wired

_MEGABYTE = 1_000_000


def watch_over(office: Wired, since: datetime) -> None:
    """Look whether the service works, write down what does not, and tell. `since` it runs."""
    now = office.clock.now()
    with pen.held("alarms"):
        alarms.ring(_ringing(office, since, now), now)
        if office.settings.alarm.to:
            _tell(office, now)


def _ringing(office: Wired, since: datetime, now: datetime) -> Iterator[Ringing]:
    chosen = office.settings.alarm
    names = [mailbox.name for mailbox in office.settings.mailboxes]
    span = timedelta(minutes=chosen.silent_minutes)
    for name in alarms.silent(names, span, since, now):
        reason = f"Không đọc được hộp thư “{name}” hơn {chosen.silent_minutes} phút."
        yield Ringing(where=f"mailbox {name}", reason=reason)
    free = shutil.disk_usage(office.settings.data_folder).free // _MEGABYTE
    if free < chosen.free_megabytes:
        yield Ringing(where="disk", reason=f"Đĩa chứa dữ liệu chỉ còn {free} MB.")
    if lost := alarms.unaccounted():
        yield Ringing(where="unaccounted", reason=f"{lost} thư trong hộp thư chưa vào sổ.")


def _tell(office: Wired, now: datetime) -> None:
    for trouble in alarms.untold():
        reason = f"{trouble.reason} Từ {_at(trouble.since)}. Xem trang Sự cố hoặc: vanthu doctor."
        if _sent(office, f"[Văn Thư] Sự cố: {trouble.reason}", reason, trouble, "begin"):
            alarms.told(trouble, now)
    for trouble in alarms.over_untold():
        reason = f"Đã hết lúc {_at(trouble.until or now)}: {trouble.reason}"
        if _sent(office, f"[Văn Thư] Đã hết: {trouble.reason}", reason, trouble, "end"):
            alarms.told_over(trouble, now)


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def _sent(office: Wired, subject: str, text: str, trouble: Trouble, which: str) -> bool:
    """Hand one alarm over; a server that does not take it is asked again at the next look."""
    relay = office.relay
    call = next(iter(office.calls.values()))
    if relay is None or office.settings.mode is Mode.DRY_RUN:
        return False
    sender, to = office.sender(call), office.settings.alarm.to
    mail = EmailMessage(policy=MAIL)
    mail["From"] = sender.address
    mail["To"] = to
    mail["Subject"] = subject[:200]
    mail["Date"] = office.clock.now()
    mail["Message-ID"] = f"<vt-alarm.{trouble.pk}.{which}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(f"{text}\n")
    outcome = smtp.send(mail.as_bytes(), sender=sender.address, to=to, self_copy_to=to, relay=relay)
    logger().warning("alarm", which=which, where=trouble.where, outcome=type(outcome).__name__)
    return isinstance(outcome, smtp.Sent)
