"""The word that a mail went astray (T10): an officer has it written, and releases it."""

from datetime import datetime
from pathlib import Path

import config
from config import settings
from config.office_calls import office_call
from desk.sealed import is_sealed
from desk.verbs import RefusedError, store
from dossier import Address, Call, Reading, ReplyKind, Unit, UnitKind
from ledger import acts, notices, register, values
from ledger.models import Incoming, Outgoing
from ledger.verdicts import Draft
from outbox.mime import UnsendableError, to_bytes
from outbox.notices import Notice, astray
from outbox.render import Letters, render
from outbox.token import Token, message_id

LETTERS = Path(config.__file__).parent / "letters"
_HELD = "Cán bộ soạn; xem lại rồi duyệt gửi."
LONGEST = 300


def may_be_answered(row: Incoming) -> bool:
    """Tell whether a mail may be told that it went astray: a person's, read, and not told yet."""
    whole = row.copy_of_id is None and row.duplicate_of_id is None and bool(row.reading)
    open_mail = whole and not row.stage and not row.hard and bool(row.sender)
    return open_mail and not is_sealed(row) and not notices.written(_occasion(row))


def tell_astray(row: Incoming, send_to: str, who: str, now: datetime) -> Outgoing:
    """Write the letter, held for one last look. Raises `RefusedError`."""
    send_to = " ".join(send_to.split())
    if not send_to or len(send_to) > LONGEST:
        message = f"Cần ghi nơi đúng để gửi, không quá {LONGEST} chữ cái."
        raise RefusedError(message)
    if not may_be_answered(row):
        message = "Thư này không được trả lời bằng mẫu gửi nhầm nơi nhận."
        raise RefusedError(message)
    chosen = settings.load()
    named = next((one.call for one in chosen.mailboxes if one.name == row.account), "")
    call = register.with_units(office_call(named or chosen.calls[0]))
    envelope = values.load(Reading, row.reading).envelope
    notice = astray(
        _unit(row, call.units),
        to=envelope.answer_to,
        answering=envelope,
        send_to=send_to,
        dossier=row.dossier.code if row.dossier else "",
        held_because=(_HELD,),
    )
    sender = Address(
        chosen.smtp.sender if chosen.smtp and chosen.smtp.sender else call.office.mailbox,
        call.office.name,
    )
    try:
        draft = _draft(notice, row, call, sender, now)
    except UnsendableError as error:
        message = f"Không viết được thư: {error}."
        raise RefusedError(message) from error
    letter = notices.record(
        draft,
        _occasion(row),
        now,
        caps=lambda _to, _dossier: (),  # it waits for an officer anyway
        call_id=call.id,
        dossier=row.dossier,
        answers=row,
    )
    if letter is None:
        message = "Đã có thư báo gửi nhầm nơi nhận cho thư này."
        raise RefusedError(message)
    acts.write_down_letter("tell_astray", letter.pk, who, now, send_to)
    return letter


def _occasion(row: Incoming) -> str:
    return f"astray:{row.pk}"


def _unit(row: Incoming, units: tuple[Unit, ...]) -> Unit:
    """Whom to greet: the dossier's unit, who is registered under the address, or nobody by name."""
    if row.dossier and row.dossier.unit_name:
        kind = UnitKind(row.dossier.unit_kind or UnitKind.UNKNOWN)
        return Unit(name=row.dossier.unit_name, kind=kind)
    known = (one for one in units if row.sender.lower() in map(str.lower, one.addresses))
    return next(known, Unit(name=""))


def _draft(notice: Notice, row: Incoming, call: Call, sender: Address, now: datetime) -> Draft:
    reply = render(notice, call, Letters(LETTERS))
    code = row.dossier.code if row.dossier else call.id
    key = settings.secret_key(settings.load().data_folder).encode("ascii")
    token = Token(code=code, kind=ReplyKind.ASTRAY, n=row.pk)
    ours = message_id(token, key=key, domain=sender.domain)
    raw = to_bytes(reply, message_id=ours, sender=sender, date=now)
    return Draft(
        kind=reply.kind,
        to=reply.to.address,
        to_name=reply.to.name,
        subject=reply.subject,
        text=reply.text,
        html=reply.html,
        message_id=ours,
        digest=store().put(raw),
        held_because=reply.held_because,
    )
