"""What an officer does, written down in the same transaction as its effect."""

from datetime import datetime

from django.db import transaction

from ledger import troubles, work
from ledger.models import Act, Dossier, Finding, LetterState, Outgoing, Stage, Waiver


class NotNowError(Exception):
    """The act no longer fits what the ledger holds; the message says why, in Vietnamese."""


def release_letter(letter: Outgoing, officer: str, now: datetime, reason: str = "") -> None:
    """Let a held letter go. Raises `NotNowError` when it no longer waits, or is out of date."""
    with transaction.atomic():
        if letter.verdict.version != letter.dossier.version:
            message = "Hồ sơ đã được kiểm tra lại sau khi soạn thư này; hãy xem thư mới nhất."
            raise NotNowError(message)
        _move(letter, {LetterState.HELD}, LetterState.READY, now)
        _write(officer, "release", letter, reason, now)


def drop_letter(letter: Outgoing, officer: str, now: datetime, reason: str) -> None:
    """Decide that a letter is not sent, and why."""
    with transaction.atomic():
        waiting = {LetterState.HELD, LetterState.READY, LetterState.FAILED, LetterState.IN_DOUBT}
        _move(letter, waiting, LetterState.DROPPED, now)
        _write(officer, "drop", letter, reason, now)
        troubles.end("letter", letter.dossier.code, now)


def send_again(letter: Outgoing, officer: str, now: datetime, reason: str) -> None:
    """Send the same bytes once more: after a refusal, or when nobody knows whether they went."""
    with transaction.atomic():
        _move(letter, {LetterState.FAILED, LetterState.IN_DOUBT}, LetterState.READY, now)
        _write(officer, "send_again", letter, reason, now)
        troubles.end("letter", letter.dossier.code, now)


def declare_sent(letter: Outgoing, officer: str, now: datetime, reason: str) -> None:
    """Record that a letter in doubt did arrive, on the officer's word."""
    with transaction.atomic():
        _move(letter, {LetterState.IN_DOUBT}, LetterState.SENT, now)
        Outgoing.objects.filter(pk=letter.pk).update(sent_at=now, proof="officer")
        _write(officer, "declare_sent", letter, reason, now)
        troubles.end("letter", letter.dossier.code, now)


def waive(finding: Finding, officer: str, now: datetime, reason: str) -> Waiver:
    """Say that a finding need not be met; the dossier is judged again with that word counted."""
    dossier = finding.verdict.dossier
    with transaction.atomic():
        waiver = Waiver.objects.create(
            dossier=dossier,
            rule=finding.rule,
            says=finding.says,
            officer=officer,
            reason=reason,
            at=now,
        )
        Act.objects.create(
            who=officer,
            verb="waive",
            what=f"{dossier.code} {finding.rule}",
            dossier=dossier,
            reason=reason,
            at=now,
        )
        judge_again(dossier, now)
    return waiver


def withdraw(waiver: Waiver, officer: str, now: datetime) -> None:
    """Take a waiver back; the dossier is judged again without it."""
    with transaction.atomic():
        if not Waiver.objects.filter(pk=waiver.pk, withdrawn_at=None).update(withdrawn_at=now):
            message = "Việc bỏ qua này đã được rút lại trước đó."
            raise NotNowError(message)
        Act.objects.create(
            who=officer,
            verb="withdraw",
            what=f"{waiver.dossier.code} {waiver.rule}",
            dossier=waiver.dossier,
            at=now,
        )
        judge_again(waiver.dossier, now)


def release_dossier(dossier: Dossier, officer: str, now: datetime, reason: str = "") -> None:
    """Let a dossier into the package, whatever the machine concluded."""
    with transaction.atomic():
        if not Dossier.objects.filter(pk=dossier.pk, released_at=None).update(
            released_at=now, released_by=officer
        ):
            message = "Hồ sơ này đã được đưa vào diện tổng hợp trước đó."
            raise NotNowError(message)
        Act.objects.create(
            who=officer, verb="include", what=dossier.code, dossier=dossier, reason=reason, at=now
        )


def hold_back(dossier: Dossier, officer: str, now: datetime, reason: str) -> None:
    """Take a dossier out of the package again."""
    with transaction.atomic():
        if (
            not Dossier.objects.filter(pk=dossier.pk)
            .exclude(released_at=None)
            .update(released_at=None, released_by="")
        ):
            message = "Hồ sơ này chưa được đưa vào diện tổng hợp."
            raise NotNowError(message)
        Act.objects.create(
            who=officer, verb="hold_back", what=dossier.code, dossier=dossier, reason=reason, at=now
        )


def retry(stage: Stage, row: int, officer: str, now: datetime) -> None:
    """Take up again a piece of work that was set aside after three strikes."""
    with transaction.atomic():
        if not work.retry(stage, row, now):
            message = "Việc này không còn bị gác lại."
            raise NotNowError(message)
        Act.objects.create(who=officer, verb="retry", what=f"{stage.value}:{row}", at=now)


def judge_again(dossier: Dossier, now: datetime) -> None:
    """Put a dossier before the rules once more; a judgement under way loses its claim."""
    Dossier.objects.filter(pk=dossier.pk).update(
        stage=Stage.JUDGE, due_at=now, claim="", strikes=0, set_aside=""
    )


def _move(letter: Outgoing, waiting: set[LetterState], to: LetterState, now: datetime) -> None:
    goes = to is LetterState.READY
    moved = Outgoing.objects.filter(pk=letter.pk, state__in=waiting).update(
        state=to,
        stage=Stage.SEND if goes else "",
        due_at=now if goes else None,
        strikes=0,
        claim="",
        set_aside="",
    )
    if not moved:
        message = "Thư không còn ở trạng thái chờ quyết định."
        raise NotNowError(message)


def _write(officer: str, verb: str, letter: Outgoing, reason: str, now: datetime) -> None:
    Act.objects.create(
        who=officer,
        verb=verb,
        what=f"{letter.dossier.code} {letter.kind}",
        dossier=letter.dossier,
        letter=letter,
        reason=reason,
        at=now,
    )
