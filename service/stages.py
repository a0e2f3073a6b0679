"""The steps of a mail and of a letter, each a function of a claimed row and the office.

A step may be done twice and must leave the same; what it could not do is a strike with a reason.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from dossier import (
    Call,
    Message,
    Mode,
    Place,
    Reading,
    ReplyKind,
    Triage,
    Unit,
    Unread,
    UnreadCause,
)
from dossier import Dossier as Assembled
from ingest import join
from ingest.bounce import read_bounce
from ingest.mailbox import MailboxError
from ingest.message import parse
from ingest.outlook import is_outlook, parse_outlook
from ingest.oversize import read_header
from ingest.reading import BODY, read_mail
from ingest.receipt import Receipt
from ingest.triage import triage
from ingest.unitnames import find_unit, unit_kind
from ingest.unpack import unpack
from ledger import confirming, filing, intake, letters, notices, troubles, values, verdicts, work
from ledger.models import Dossier, Incoming, Outgoing, Stage
from ledger.models import Verdict as VerdictRow
from ledger.watch import watching
from outbox import send as smtp
from outbox.choose import choose
from outbox.compose import Previous
from outbox.mime import UnsendableError
from outbox.wording import one_line
from service import judging, parts, ways
from service.caps import caps, limit_of
from service.log import logger
from service.points import Point
from service.reminded import knowing_who_answers, reminded_unit
from service.reminding import needless
from service.versions import readers_version
from service.wiring import Wired
from service.writing import draft_of

Step: TypeAlias = Callable[[work.Claim, Wired], None]

_LONGEST_WAIT = timedelta(days=3)
"""How long a server may put a letter off before a person is asked to see to it."""
_WAIT_FOR_OLDER = timedelta(seconds=0.5)
_WAIT_FOR_UNREAD = timedelta(seconds=3)
_ASK_AGAIN_FOR_PROOF = timedelta(seconds=30)
_MINUTE = timedelta(minutes=1)
_NEXT_TURN = timedelta(seconds=5)
_OFTEN = 2
"""So often the same is said to a unit without a person."""


def do_step(stage: Stage, row: int, office: Wired, by: str = "") -> bool:
    """Do what a row is due for, if it is still to be had. True when it was."""
    claimed = work.claim(stage, row, office.clock.now(), by)
    if claimed is None:
        return False
    log = logger().bind(stage=stage.value, row=row, strike=claimed.strikes)
    try:
        office.reached(Point.CLAIMED)
        STEPS[stage](claimed, office)
    except work.LostClaimError:
        log.info("overtaken")
    except Exception as error:  # noqa: BLE001 -- whatever a step dies of becomes its row's reason
        log.warning("failed", error=type(error).__name__, at=_spot_of(error))
        work.failed(claimed, f"{type(error).__name__}: {error}", office.clock.now())
    else:
        log.info("done")
    return True


def _spot_of(error: Exception) -> str:
    """Where it was raised; its message may hold a stranger's words and stays in the ledger."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


# ------------------------------------------------------------------ a mail


def read(claimed: work.Claim, office: Wired) -> None:
    """Read one mail and all its files; our own letter come back is only taken as a proof."""
    mail = Incoming.objects.get(pk=claimed.row)
    call = office.call_of(mail.account)
    message, arrived = _message(mail, office)
    envelope = message.envelope
    ours = intake.letter_of(envelope.message_id)
    if ours and office.is_ours(envelope.sender.address, call):
        intake.record_own_copy(
            claimed, ours, message_id=envelope.message_id, now=office.clock.now()
        )
        return
    manners = ways.manners(mail, envelope, call, office)
    if mail.only_header:
        reading = read_header(message, mail.digest, call, weighs=mail.size)
    else:
        reading = _read_papers(claimed, mail, message, office)
    office.reached(Point.READ)
    receipt = intake.Receipt(
        at=arrived.at,
        source=arrived.source.value,
        note=arrived.note,
        hard=manners.hard,
        soft=(*manners.soft, *ways.doubts(mail, reading, call)),
        read_with=readers_version(),
    )
    intake.record_reading(claimed, reading, receipt, office.clock.now())
    office.reached(Point.READING_RECORDED)


def _message(mail: Incoming, office: Wired) -> tuple[Message, Receipt]:
    """A stored mail taken apart, and when it was received."""
    raw = office.store.get(mail.digest)
    arrived = ways.receipt(mail, raw, office.call_of(mail.account))
    if is_outlook(raw):
        outlook = parse_outlook(raw, office.cage, received_at=arrived.at, source=arrived.source)
        return outlook, arrived
    return parse(raw, received_at=arrived.at, source=arrived.source), arrived


def read_anew(mail: Incoming, office: Wired, *, keep_files: bool) -> Reading:
    """What today's readers find in a stored mail; no row changes.

    With `keep_files` its files go into the store, as they do when a mail is first read.
    """
    call = office.call_of(mail.account)
    message, _arrived = _message(mail, office)
    if mail.only_header:
        return read_header(message, mail.digest, call, weighs=mail.size)
    if keep_files:
        _keep_files(message, office)
    return read_mail(message, mail.digest, call, office.cage)


def _read_papers(claimed: work.Claim, mail: Incoming, message: Message, office: Wired) -> Reading:
    """Read every file; when that failed twice, say that they are unread, by our own fault.

    A mail that is only set aside would be missing from its dossier, and what it holds would be
    called missing.
    """
    if claimed.strikes >= work.MOST_STRIKES:
        reason = "máy chưa đọc được thư này sau nhiều lần thử, cán bộ sẽ mở xem"
        troubles.begin("mail", str(mail), mail.last_error or reason, office.clock.now())
        gap = Unread(at=Place(BODY), cause=UnreadCause.OURS, reason=reason)
        return Reading(envelope=message.envelope, digest=mail.digest, unread=(gap,))
    reading = read_mail(message, mail.digest, office.call_of(mail.account), office.cage)
    _keep_files(message, office)
    troubles.end("mail", str(mail), office.clock.now())
    return reading


def _keep_files(message: Message, office: Wired) -> None:
    """Put every file into the store: the desk hands it out, the package sends it on."""
    for file in unpack(message.attachments, office.cage).files:
        office.store.put(file.raw)


def place(claimed: work.Claim, office: Wired) -> None:
    """Put a mail where it belongs: a new dossier, an open one, or none."""
    mail = Incoming.objects.get(pk=claimed.row)
    call = office.call_of(mail.account)
    now = office.clock.now()
    if intake.unplaced_before(mail):
        work.postpone(claimed, now + _WAIT_FOR_OLDER)
        return
    reading = filing.reading_of(mail)
    sorted_as = triage(reading, call, hard=tuple(mail.hard), soft=tuple(mail.soft))
    with filing.placing(claimed):
        first = filing.same_mail(mail)
        if first is not None:
            filing.duplicate(claimed, first)
            return
        placement = join.place(
            reading,
            sorted_as,
            office.known(call),
            call,
            verified=lambda one: filing.code_now(office.code_of(one)),
        )
        _put(mail, reading, placement, office, call)
        filing.triaged(claimed, placement.triage, placement.reason)
        if mail.hard:
            _mark_returned(mail, office, now)
        office.reached(Point.PLACING)
    office.reached(Point.PLACED)
    parts.acknowledge(mail.pk, reading, placement, office, call)


def _mark_returned(mail: Incoming, office: Wired, now: datetime) -> None:
    """Show that a letter of ours came back: the mail of a server names it somewhere."""
    report = read_bounce(office.store.get(mail.digest))
    ours = (intake.letter_of(one) for one in report.ids)
    letter = next(filter(None, ours), None)
    if letter is None:
        return
    if letter.dossier is not None:
        filing.lay_beside(mail, letter.dossier, repeats=True)
    about = [one for one in report.failures if one.address.lower() == letter.to.lower()]
    failure = next(iter(about or report.failures), None)
    said = one_line(f"{failure.status} {failure.reason}", 200) if failure else ""
    if failure is not None and failure.is_final:
        letters.came_back(letter, said or "máy chủ thư không nêu lý do", now)
    phone = _phone_of(letter, office)
    reason = (
        f"Thư gửi {letter.to} bị trả lại hoặc chưa chuyển được{f' ({said})' if said else ''}: xem"
        f" thư đến “{mail.subject}”. Gọi cho đơn vị{f': {phone}' if phone else ''}."
    )
    troubles.begin("returned", letter.about[:255], reason, now)


def _phone_of(letter: Outgoing, office: Wired) -> str:
    """The unit's telephone: the register's, else the one its own papers give."""
    wanted = letter.register_id or (letter.dossier.register_id if letter.dossier else "")
    units = office.calls[letter.of_call].units if wanted else ()
    known = (unit.phone for unit in units if unit.register_id == wanted)
    told = (one.contact for _, one in filing.readings(letter.dossier)) if letter.dossier else ()
    return next(filter(None, (*known, *told)), "")


def _put(
    mail: Incoming, reading: Reading, placement: join.Placement, office: Wired, call: Call
) -> None:
    if placement.opens:
        unit = _unit_of(reading, call, office)
        dossier = filing.open_dossier(call.id, unit, mail.received_at)
    elif placement.code:
        dossier = Dossier.objects.get(code=placement.code)
    else:
        return
    if placement.repeats or placement.triage is Triage.QUERY:
        filing.lay_beside(mail, dossier, repeats=placement.repeats)
        return
    doubts = [] if placement.certain else [placement.reason]
    if mail.received_note:
        doubts.append(mail.received_note)
    now = office.clock.now()
    filing.put(
        mail,
        dossier,
        now=now,
        quiet_until=now + office.quiet(call),
        doubts=tuple(doubts),
        certain=placement.certain,
    )


def _unit_of(reading: Reading, call: Call, office: Wired) -> Unit:
    """Who opens a dossier, as far as its first mail says: itself, or whose reminder it answers."""
    asked = reminded_unit(reading.envelope, call, office.key)
    name = join.unit_named(reading, call) or (asked.name if asked else "")
    known = find_unit(name, call.units)
    return Unit(name=name, kind=unit_kind(name), register_id=known.register_id if known else "")


# ------------------------------------------------------------------ a dossier


def judge(claimed: work.Claim, office: Wired) -> None:
    """Judge a dossier that has been quiet long enough, and write its one letter."""
    dossier = Dossier.objects.get(pk=claimed.row)
    now = office.clock.now()
    if intake.unread_before(dossier.quiet_until or now):
        # What is not read yet may be this unit's: nothing is called missing before it is.
        work.postpone(claimed, now + _WAIT_FOR_UNREAD)
        return
    ruling = ruling_on(dossier, office)
    office.reached(Point.JUDGED)
    version = dossier.version + 1
    letter = _letter(dossier, ruling, office, now)
    office.reached(Point.LETTER_STORED)
    verdicts.record(
        claimed,
        version,
        ruling,
        letter,
        caps=caps(office.settings.caps, now),
        watch=watching(limit_of(office.settings.watch), now),
        now=now,
    )
    office.reached(Point.VERDICT_RECORDED)


def ruling_on(
    dossier: Dossier, office: Wired, evidence: judging.Evidence | None = None
) -> verdicts.Ruling:
    """What is to be said of a dossier as it stands, or by other evidence; nothing is written."""
    evidence = evidence or evidence_of(dossier)
    call = office.calls[dossier.call_id]
    return judging.rule_on(evidence, knowing_who_answers(call, evidence.readings, office.key))


def evidence_of(dossier: Dossier) -> judging.Evidence:
    """What a dossier's judgement rests on now."""
    rested = filing.readings(dossier)
    return judging.Evidence(
        code=dossier.code,
        mails=tuple(mail.pk for mail, _ in rested),
        readings=tuple(reading for _, reading in rested),
        doubts=tuple(dossier.doubts),
        waived=verdicts.waived_in(dossier),
        confirmed=confirming.confirmed_in(dossier),
    )


def _letter(
    dossier: Dossier, ruling: verdicts.Ruling, office: Wired, now: datetime
) -> verdicts.Draft | verdicts.NoLetter:
    call = office.calls[dossier.call_id]
    rested = filing.readings(dossier)
    answered = verdicts.last_answered(dossier)
    newest, newest_reading = rested[-1]
    kind = choose(
        ruling.told.state,
        triage=Triage(newest.triage),
        parts_missing=ruling.assembled.parts_received < ruling.assembled.parts_announced,
    )
    if silent := _silent(dossier, ruling, rested, answered, kind):
        return silent
    last = verdicts.last_told(dossier)
    new = [mail for mail, _ in rested if answered is None or mail.pk not in answered.mails]
    held = (
        *judging.HELD_BY_MODE[office.mode(call)],
        *(reason for mail in new or [newest] for reason in mail.soft),
        *dossier.doubts,
        *filter(None, [dossier.letter_waits_because]),
        *_may_be_ours_to_read(rested),
        *_said_often(dossier, ruling),
        *_is_deaf(newest),
    )
    try:
        reply = judging.reply_to(
            ruling,
            call,
            office.letters,
            kind=kind,
            answering=newest_reading,
            previous=_previous(last) if last else None,
            held_because=tuple(dict.fromkeys(held)),
            now=now,
        )
        return draft_of(reply, office, call, now, code=dossier.code, number=dossier.version + 1)
    except UnsendableError as error:
        reason = f"Không viết được thư trả lời: {error}."
        troubles.begin("letter", dossier.code, reason, now)
        return verdicts.NoLetter(reason)


def _silent(
    dossier: Dossier,
    ruling: verdicts.Ruling,
    rested: Sequence[tuple[Incoming, Reading]],
    answered: VerdictRow | None,
    kind: ReplyKind,
) -> verdicts.NoLetter | None:
    """Why a verdict goes without a letter; None when it has one."""
    if (
        answered is not None
        and tuple(answered.mails) == ruling.mails
        and judging.says_the_same(verdicts.told(answered), ruling.told)
    ):
        reason = "Kết luận và tài liệu không đổi so với thư đã viết."
        return verdicts.NoLetter(reason, older_stands=True)
    if any(mail.hard for mail, _ in rested):
        return verdicts.NoLetter("Có thư của máy trong hồ sơ; không tự trả lời.")
    if not rested[-1][1].envelope.answer_to.address:
        return verdicts.NoLetter("Hồ sơ không kèm địa chỉ thư điện tử để trả lời.")
    if kind is ReplyKind.PARTIAL and notices.written(parts.occasion(dossier)):
        reason = "Đã báo đơn vị là mới nhận một phần; chờ các thư còn lại."
        return verdicts.NoLetter(reason, older_stands=True)
    if kind is ReplyKind.NONE:
        return verdicts.NoLetter("Thư này không phải loại được trả lời tự động.")
    return None


def _said_often(dossier: Dossier, ruling: verdicts.Ruling) -> Iterator[str]:
    """What draws the same answer again and again may be a machine that looks like a person."""
    lately = verdicts.lately_told(dossier, _OFTEN)
    same = [row for row in lately if judging.asks_the_same(verdicts.told(row), ruling.told)]
    if len(same) == _OFTEN:
        yield f"Đã {_OFTEN} lần trả lời đơn vị như thế; cán bộ xem có cần trả lời nữa không."


def _is_deaf(newest: Incoming) -> Iterator[str]:
    """An address whose letter came back after its newest mail: writing there again is of no use."""
    if back := letters.returned_from(newest.sender, newest.received_at):
        yield f"Thư gửi {back.to} đã bị trả lại ({back.returned_because}); gọi cho đơn vị."


def _may_be_ours_to_read(rested: Sequence[tuple[Incoming, Reading]]) -> Iterator[str]:
    if intake.unread_from(mail.sender for mail, _ in rested):
        yield "Có thư đến máy chưa đọc được, có thể thuộc hồ sơ này."


def _previous(row: VerdictRow) -> Previous:
    return Previous(dossier=values.load(Assembled, row.assembled), verdict=verdicts.told(row))


# ------------------------------------------------------------------ a letter


def send(claimed: work.Claim, office: Wired) -> None:
    """Hand a letter to the server, or settle what became of one that was being handed over."""
    letter = Outgoing.objects.select_related("dossier").get(pk=claimed.row)
    call = office.calls[letter.of_call]
    if office.mode(call) is Mode.DRY_RUN:
        letters.hold(claimed, judging.HELD_BY_MODE[Mode.DRY_RUN][0])
        return
    if letter.state in letters.UNSETTLED and not _may_go_again(claimed, letter, office):
        return
    if because := _has_nothing_to_say(letter, call, office.clock.now()):
        notices.drop(claimed, because)
        return
    if letters.begun_since(office.clock.now() - _MINUTE) >= office.settings.caps.a_minute:
        work.postpone(claimed, office.clock.now() + _NEXT_TURN)
        return
    _hand_over(claimed, letter, office, call)


def _has_nothing_to_say(letter: Outgoing, call: Call, now: datetime) -> str:
    """Why a reminder that never went yet is needless now; empty for every other letter."""
    first = letter.kind == ReplyKind.REMINDER and not letter.sends
    return needless(letter, call, now) if first else ""


def _may_go_again(claimed: work.Claim, letter: Outgoing, office: Wired) -> bool:
    """Settle a letter that a crash or a lost answer left between C and D."""
    now = office.clock.now()
    try:
        found = office.proof_of(letter.message_id)
    except MailboxError as error:
        letters.wait_for_proof(claimed, now + _ASK_AGAIN_FOR_PROOF, error.reason)
        return False
    decision = smtp.settle(
        proof_found=found,
        age=now - (letter.sending_since or now),
        grace=office.grace,
        later_proof_seen=letters.later_copy_came(letter),
        sent_again=letter.sends > 1,
    )
    match decision:
        case smtp.Decision.SENT:
            letters.sent(claimed, now, proof="copy")
        case smtp.Decision.WAIT:
            until = now + min(_ASK_AGAIN_FOR_PROOF, office.grace)
            letters.wait_for_proof(claimed, until, "Chờ bản lưu của thư về hộp thư.")
        case smtp.Decision.ASK_OFFICER:
            again = now + office.grace
            letters.doubt(claimed, now, look_again=again, why="Không rõ thư đã gửi được chưa.")
        case smtp.Decision.SEND_AGAIN:
            return True
    return False


def _hand_over(claimed: work.Claim, letter: Outgoing, office: Wired, call: Call) -> None:
    raw = office.store.get(letter.digest)
    relay = office.relay
    if relay is None:
        message = "Chưa đặt máy chủ gửi thư ([smtp] trong vanthu.toml)."
        raise NoRelayError(message)

    def commit_c() -> bool:
        """As late as can be: a crash before this moment leaves no doubt."""
        office.reached(Point.BEFORE_DATA)
        letters.begin(claimed, office.clock.now())
        office.reached(Point.SENDING_RECORDED)
        return True

    outcome = smtp.send(
        raw,
        sender=office.sender(call).address,
        to=letter.to,
        self_copy_to=call.office.mailbox,
        relay=relay,
        before_data=commit_c,
        watch=lambda moment: office.reached(Point(moment.value)),
    )
    office.reached(Point.ANSWERED)
    _record_outcome(claimed, letter, outcome, office)
    office.reached(Point.SENT_RECORDED)


def _record_outcome(
    claimed: work.Claim, letter: Outgoing, outcome: smtp.Sending, office: Wired
) -> None:
    now = office.clock.now()
    match outcome:
        case smtp.Sent():
            letters.sent(claimed, now, proof="answer")
            troubles.end("smtp", "", now)
        case smtp.Refused(permanent=False) if now - letter.made_at < _LONGEST_WAIT:
            until = now + _pause(now - letter.made_at)
            letters.refused_for_now(
                claimed, now, until=until, code=outcome.code, answer=outcome.text
            )
        case smtp.Refused():
            letters.refused(claimed, now, code=outcome.code, answer=outcome.text)
        case smtp.InDoubt():
            until = now + min(_ASK_AGAIN_FOR_PROOF, office.grace)
            letters.wait_for_proof(claimed, until, outcome.reason)
        case smtp.Withdrawn():
            raise work.LostClaimError


def _pause(age: timedelta) -> timedelta:
    """A quarter of the time it has waited already, between 5 seconds and 5 minutes."""
    return min(max(age / 4, timedelta(seconds=5)), timedelta(minutes=5))


class NoRelayError(Exception):
    """No server is set to send letters by."""


STEPS: Mapping[Stage, Step] = MappingProxyType(
    {Stage.READ: read, Stage.PLACE: place, Stage.JUDGE: judge, Stage.SEND: send}
)
