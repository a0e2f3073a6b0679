"""What an officer may do, each with its row in the book of acts, in one transaction."""

from datetime import datetime

from django.db import transaction

from dossier import Triage
from ledger import troubles, work
from ledger.models import (
    Act,
    Dossier,
    Finding,
    Incoming,
    LetterState,
    Outgoing,
    Stage,
    Waiver,
)


class RefusedError(Exception):
    """The act is not possible (any more); the Vietnamese message says why."""


def release_letter(letter: int, who: str, now: datetime, reason: str = "") -> None:
    """Let a held letter go, byte for byte as it was previewed.

    Raises `RefusedError` when it is no longer held.
    """
    with transaction.atomic():
        if not Outgoing.objects.filter(pk=letter, state=LetterState.HELD).update(
            state=LetterState.READY, stage=Stage.SEND, due_at=now, strikes=0, claim=""
        ):
            message = "Thư này không còn chờ duyệt."
            raise RefusedError(message)
        write_down_letter("release_letter", letter, who, now, reason)


def drop_letter(letter: int, who: str, now: datetime, reason: str) -> None:
    """Keep a held, failed or doubtful letter from ever going. Raises `RefusedError`."""
    states = [LetterState.HELD, LetterState.FAILED, LetterState.IN_DOUBT]
    with transaction.atomic():
        if not Outgoing.objects.filter(pk=letter, state__in=states).update(
            state=LetterState.DROPPED, stage="", due_at=None
        ):
            message = "Thư này đã gửi hoặc đang gửi, không bỏ được nữa."
            raise RefusedError(message)
        _over(letter, now)
        write_down_letter("drop_letter", letter, who, now, reason)


def settle_doubt(letter: int, who: str, now: datetime, *, arrived: bool, reason: str = "") -> None:
    """Say of a letter in doubt that it arrived, or send the same bytes once more.

    Raises `RefusedError` when it is no longer in doubt.
    """
    change = (
        {
            "state": LetterState.SENT,
            "sent_at": now,
            "proof": "officer",
            "stage": "",
            "due_at": None,
            "set_aside": "",
        }
        if arrived
        else {"state": LetterState.READY, "stage": Stage.SEND, "due_at": now, "strikes": 0}
    )
    with transaction.atomic():
        if not Outgoing.objects.filter(pk=letter, state=LetterState.IN_DOUBT).update(**change):
            message = "Thư này đã rõ kết quả gửi."
            raise RefusedError(message)
        _over(letter, now)
        write_down_letter("letter_arrived" if arrived else "send_again", letter, who, now, reason)


def try_again(letter: int, who: str, now: datetime, reason: str = "") -> None:
    """Send a letter that a server refused once more. Raises `RefusedError`."""
    with transaction.atomic():
        if not Outgoing.objects.filter(pk=letter, state=LetterState.FAILED).update(
            state=LetterState.READY, stage=Stage.SEND, due_at=now, strikes=0, claim=""
        ):
            message = "Thư này không ở trạng thái không gửi được."
            raise RefusedError(message)
        _over(letter, now)
        write_down_letter("try_again", letter, who, now, reason)


def waive(finding: int, who: str, now: datetime, reason: str) -> Waiver:
    """Say that a finding need not be met, and judge its dossier again.

    Raises `RefusedError` without a reason.
    """
    if not reason.strip():
        message = "Cần ghi lý do bỏ qua."
        raise RefusedError(message)
    with transaction.atomic():
        row = Finding.objects.select_related("verdict").get(pk=finding)
        dossier = row.verdict.dossier_id
        waiver = Waiver.objects.create(
            dossier_id=dossier,
            rule=row.rule,
            key=row.key,
            says=row.says,
            officer=who,
            reason=reason,
            at=now,
        )
        judge_again(dossier, now)
        write_down_dossier("waive", dossier, who, now, f"{row.rule}: {reason}")
    return waiver


def withdraw_waiver(waiver: int, who: str, now: datetime, reason: str = "") -> None:
    """Take a waiver back, and judge the dossier again. Raises `RefusedError`."""
    with transaction.atomic():
        row = Waiver.objects.filter(pk=waiver, withdrawn_at=None).first()
        if row is None:
            message = "Việc bỏ qua này đã được rút lại."
            raise RefusedError(message)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        judge_again(row.dossier_id, now)
        write_down_dossier("withdraw_waiver", row.dossier_id, who, now, f"{row.rule}: {reason}")


def release_dossier(dossier: int, who: str, now: datetime, reason: str = "") -> None:
    """Let a dossier into the package, whatever the machine says of it."""
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier).update(released_at=now, released_by=who)
        write_down_dossier("release_dossier", dossier, who, now, reason)


def hold_dossier(dossier: int, who: str, now: datetime, reason: str = "") -> None:
    """Take a released dossier back out of the next package."""
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier).update(released_at=None, released_by="")
        write_down_dossier("hold_dossier", dossier, who, now, reason)


def judge_now(
    dossier: int, who: str, now: datetime, reason: str = "", *, letter_waits_because: str = ""
) -> None:
    """Judge a dossier without waiting for its quiet period to end."""
    with transaction.atomic():
        judge_again(dossier, now, letter_waits_because)
        write_down_dossier("judge_now", dossier, who, now, reason)


def retry(stage: Stage, row: int, who: str, now: datetime) -> None:
    """Take up again what was set aside after three tries. Raises `RefusedError`."""
    with transaction.atomic():
        if not work.retry(stage, row, now):
            message = "Việc này không còn bị tạm dừng."
            raise RefusedError(message)
        Act.objects.create(
            who=who,
            verb="retry",
            what=f"{stage.label} {row}",
            mail=Incoming.objects.filter(pk=row).first()
            if stage in {Stage.READ, Stage.PLACE}
            else None,
            at=now,
        )


def read_again(mail: int, who: str, now: datetime, reason: str = "") -> None:
    """Read a mail once more, after a reader was mended; its dossier is judged again by itself.

    Raises `RefusedError` while the mail is being read, or when it is a copy of another.
    """
    with transaction.atomic():
        if not Incoming.objects.filter(
            pk=mail, stage="", duplicate_of=None, copy_of=None, dossier=None
        ).update(stage=Stage.READ, due_at=now, strikes=0, claim="", triage="", reason=""):
            message = "Thư này đang được đọc, đã thuộc một hồ sơ, hoặc là bản sao."
            raise RefusedError(message)
        Act.objects.create(
            who=who, verb="read_again", what=str(mail), mail_id=mail, reason=reason, at=now
        )


def judge_again(dossier: int, now: datetime, letter_waits_because: str = "") -> None:
    """Make a dossier due for judgement; a judgement under way starts over.

    With a reason, the letter of that judgement waits for an officer whatever the mode. A dossier
    whose mails were all moved away has nothing to judge.
    """
    row = Dossier.objects.filter(pk=dossier, moved_into=None)
    row.update(stage=Stage.JUDGE, due_at=now, strikes=0, claim="", set_aside="", quiet_until=now)
    if letter_waits_because:
        row.update(letter_waits_because=letter_waits_because)
    troubles.end("set_aside", f"{Stage.JUDGE.value}:{dossier}", now)


def confirm_doubt(  # noqa: PLR0913 -- who, when and what was seen are all of the act
    dossier: int, doubt: str, who: str, now: datetime, *, newest_mail: int, reason: str = ""
) -> None:
    """Say that a doubt is none: the mails it was about surely belong to their dossier.

    It no longer holds anything, and the dossier is judged again. Raises `RefusedError` when it is
    settled already, or when a mail came that the officer had not seen (`newest_mail` is the
    highest id they saw): the same words would then be about something else.
    """
    with transaction.atomic():
        row = Dossier.objects.select_for_update().get(pk=dossier)
        if doubt not in row.doubts:
            message = "Điều này đã được xác nhận rồi."
            raise RefusedError(message)
        if row.mails.filter(pk__gt=newest_mail).exists():
            message = "Hồ sơ vừa có thư mới; đọc thư đó rồi xác nhận."
            raise RefusedError(message)
        row.doubts = [one for one in row.doubts if one != doubt]
        row.save(update_fields=["doubts"])
        row.mails.filter(certain=False, reason=doubt).update(certain=True)
        judge_again(dossier, now)
        words = f"{doubt} — {reason}" if reason else doubt
        write_down_dossier("confirm_doubt", dossier, who, now, words)


def keep_out(dossier: int, who: str, now: datetime, reason: str) -> None:
    """Keep a dossier out of the next packages, complete or not. Raises `RefusedError`."""
    if not reason.strip():
        message = "Cần ghi lý do giữ lại."
        raise RefusedError(message)
    with transaction.atomic():
        if not Dossier.objects.filter(pk=dossier, kept_out_at=None).update(
            kept_out_at=now, released_at=None, released_by=""
        ):
            message = "Hồ sơ này đang được giữ lại rồi."
            raise RefusedError(message)
        write_down_dossier("keep_out", dossier, who, now, reason)


def stop_keeping_out(dossier: int, who: str, now: datetime, reason: str = "") -> None:
    """Let a dossier that was kept out go by its state again. Raises `RefusedError`."""
    with transaction.atomic():
        if (
            not Dossier.objects.filter(pk=dossier)
            .exclude(kept_out_at=None)
            .update(kept_out_at=None)
        ):
            message = "Hồ sơ này không bị giữ lại."
            raise RefusedError(message)
        write_down_dossier("stop_keeping_out", dossier, who, now, reason)


def settle_mail(mail: int, who: str, now: datetime, reason: str = "") -> None:
    """Say that a person saw to a mail no machine answers: a question, or one that is set apart.

    Raises `RefusedError` when somebody did already, or when it is no such mail.
    """
    with transaction.atomic():
        row = Incoming.objects.select_for_update().get(pk=mail)
        if row.triage not in FOR_A_PERSON:
            message = "Thư này không chờ cán bộ trả lời."
            raise RefusedError(message)
        if row.acts.filter(verb=SETTLED).exists():
            message = "Thư này đã có cán bộ giải quyết."
            raise RefusedError(message)
        _write_down_mail(SETTLED, row, who, now, reason)


def open_sealed_mail(mail: int, who: str, now: datetime, reason: str) -> None:
    """Write down who took out a mail that shows no content, and why. Raises `RefusedError`."""
    if not reason.strip():
        message = "Cần ghi lý do lấy nguyên bản."
        raise RefusedError(message)
    with transaction.atomic():
        _write_down_mail("open_sealed_mail", Incoming.objects.get(pk=mail), who, now, reason)


FOR_A_PERSON = (Triage.QUERY.value, Triage.QUARANTINED.value)
"""Mails that only a person answers."""
SETTLED = "settle_mail"
"""The verb of the act after which such a mail waits no longer."""


def _write_down_mail(verb: str, row: Incoming, who: str, now: datetime, reason: str) -> None:
    """Name a mail by its place: its subject may be what nobody is to read."""
    Act.objects.create(
        who=who,
        verb=verb,
        what=str(row)[:200],
        dossier_id=row.dossier_id,
        mail=row,
        reason=reason,
        at=now,
    )


def write_down_letter(verb: str, letter: int, who: str, now: datetime, reason: str) -> None:
    """Add an act about a letter to the book; inside the act's own transaction."""
    row = Outgoing.objects.select_related("dossier", "answers").get(pk=letter)
    Act.objects.create(
        who=who,
        verb=verb,
        what=row.about[:200],
        dossier=row.dossier,
        letter=row,
        mail=row.answers,
        reason=reason,
        at=now,
    )


def write_down_dossier(verb: str, dossier: int, who: str, now: datetime, reason: str) -> None:
    """Add an act about a dossier to the book; inside the act's own transaction."""
    row = Dossier.objects.get(pk=dossier)
    Act.objects.create(who=who, verb=verb, what=row.code, dossier=row, reason=reason, at=now)


def _over(letter: int, now: datetime) -> None:
    row = Outgoing.objects.select_related("dossier").get(pk=letter)
    troubles.end("letter", row.about[:255], now)
