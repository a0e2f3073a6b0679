"""Rules under watch: when one rule suddenly fails too many dossiers, letters wait for an officer.

A rule that broke, a reader that went blind or a call written wrong shows as many units at once
that lack the same thing. Counted inside commit B, one verdict of a call at a time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.db.models import F, QuerySet

from dossier import ReplyKind
from ledger import pen, troubles, work
from ledger.acts import RefusedError
from ledger.models import Act, Dossier, Finding, LetterState, Outgoing, Pause, Stage, Verdict
from rules import Outcome, Severity

TROUBLE = "pause"
JUDGING = (ReplyKind.COMPLETE.value, ReplyKind.GAPS.value, ReplyKind.RESEND.value)
"""Letters that tell what was concluded; a mere receipt does no harm."""

Watch: TypeAlias = Callable[[Verdict], tuple[str, ...]]
"""For a verdict just written: why letters that tell one wait for an officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many dossiers may newly fail one rule."""

    share: float
    """Of the dossiers judged in the span; more than this pauses."""
    at_least: int
    """Fewer dossiers judged say nothing."""
    span: timedelta


def watching(limit: Limit, now: datetime) -> Watch:
    """Count in the ledger, in the transaction that writes the verdict."""

    def reasons(row: Verdict) -> tuple[str, ...]:
        call_id = row.dossier.call_id
        pen.hold(f"watch:{call_id}")
        _end_where_it_is_over(call_id, limit, now)
        for rule in sorted(_failed(row)):
            _pause_if_sudden(rule, row, limit, now)
        return tuple(one.reason for one in active(call_id))

    return reasons


def active(call_id: str) -> tuple[Pause, ...]:
    """The pauses a call is in, oldest first."""
    return tuple(Pause.objects.filter(call_id=call_id, ended_at=None).order_by("since", "pk"))


def stop_letters(call_id: str, reason: str, now: datetime) -> None:
    """Let no letter of a call go by itself until an officer says so; once is enough."""
    with transaction.atomic():
        _, is_new = Pause.objects.get_or_create(
            call_id=call_id,
            rule="",
            ended_at=None,
            defaults={"since": now, "reason": reason, "judged": 0},
        )
        if is_new:
            troubles.begin(TROUBLE, _where(call_id, ""), reason, now)
        _hold_ready(call_id, reason)


def is_stopped(call_id: str) -> bool:
    """Tell whether every letter of a call waits, whatever the mode."""
    return Pause.objects.filter(call_id=call_id, rule="", ended_at=None).exists()


def resume(pause: int, who: str, now: datetime, reason: str, *, send: bool = False) -> int:
    """Say that the rule is right: letters go again, and with these rules it pauses no more.

    With `send`, letters that waited for nothing else go now. Gives how many. Raises `RefusedError`
    without a reason, or when it is over already.
    """
    if not reason.strip():
        message = "Cần ghi lý do cho gửi thư trở lại."
        raise RefusedError(message)
    with transaction.atomic():
        row = Pause.objects.filter(pk=pause).first()
        ours = Pause.objects.filter(pk=pause, ended_at=None)
        if row is None or not ours.update(ended_at=now, ended_by=who):
            message = "Việc tạm dừng này đã hết."
            raise RefusedError(message)
        troubles.end(TROUBLE, _where(row.call_id, row.rule), now)
        gone = _send_what_waited(row, now) if send else 0
        Act.objects.create(
            who=who, verb="resume", what=f"{row.call_id} {row.rule}", reason=reason, at=now
        )
    return gone


def _failed(row: Verdict) -> frozenset[str]:
    """Rules this verdict says the unit fails."""
    return frozenset(_gaps(Finding.objects.filter(verdict=row)).values_list("rule", flat=True))


def _gaps(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """What the machine tells a unit to supply; an officer's own word is no rule's fault."""
    return findings.filter(
        outcome=Outcome.FAIL.value, severity=Severity.GAP.value, waived=False, confirmed=False
    )


def _pause_if_sudden(rule: str, row: Verdict, limit: Limit, now: datetime) -> None:
    call_id, versions = row.dossier.call_id, f"{row.rules_version} {row.call_version}"
    pauses = Pause.objects.filter(call_id=call_id, rule=rule)
    if pauses.filter(ended_at=None).exists():
        return
    if pauses.filter(versions=versions).exclude(ended_by="").exists():
        return
    since = now - limit.span
    judged = _newest(call_id).filter(made_at__gt=since)
    count = judged.count()
    if count < limit.at_least:
        return
    failing = _newly_failing(rule, judged, since)
    if len(failing) <= limit.share * count:
        return
    hours = round(limit.span / timedelta(hours=1))
    reason = (
        f"Quy tắc {rule} bỗng không đạt ở {len(failing)}/{count} hồ sơ kiểm tra trong {hours} giờ "
        "qua; cán bộ xem quy tắc có đúng không rồi cho gửi thư trở lại."
    )
    Pause.objects.create(
        call_id=call_id,
        rule=rule,
        since=now,
        reason=reason,
        judged=count,
        failing=sorted(failing),
        versions=versions,
    )
    troubles.begin(TROUBLE, _where(call_id, rule), reason, now)
    _hold_ready(call_id, reason)


def _newest(call_id: str) -> QuerySet[Verdict]:
    """The newest verdict of each dossier."""
    return Verdict.objects.filter(
        dossier__call_id=call_id, dossier__moved_into=None, version=F("dossier__version")
    )


def _newly_failing(rule: str, judged: QuerySet[Verdict], since: datetime) -> frozenset[int]:
    """Dossiers that fail a rule now and did not when the span began."""
    now = _gaps(Finding.objects.filter(rule=rule, verdict__in=judged))
    failing = frozenset(now.values_list("verdict__dossier_id", flat=True))
    before = dict(
        Verdict.objects.filter(dossier__in=failing, made_at__lte=since)
        .order_by("version")
        .values_list("dossier_id", "pk")
    )
    then = _gaps(Finding.objects.filter(rule=rule, verdict__in=before.values()))
    return failing.difference(then.values_list("verdict__dossier_id", flat=True))


def _end_where_it_is_over(call_id: str, limit: Limit, now: datetime) -> None:
    """A rule weighed otherwise, a call mended, papers supplied: what failed then fails no more."""
    for pause in active(call_id):
        if not pause.rule:
            continue  # no rule made it stop
        counted = _newest(call_id).filter(dossier__in=pause.failing)
        still = _gaps(Finding.objects.filter(rule=pause.rule, verdict__in=counted))
        left = still.values("verdict__dossier_id").distinct().count()
        if left <= limit.share * pause.judged:
            Pause.objects.filter(pk=pause.pk).update(ended_at=now)
            troubles.end(TROUBLE, _where(call_id, pause.rule), now)


def _hold_ready(call_id: str, reason: str) -> None:
    """What was about to go and nobody is handing over just now waits, too."""
    ready = Outgoing.objects.filter(
        dossier__call_id=call_id, state=LetterState.READY, kind__in=JUDGING
    )
    for letter in ready.select_for_update(skip_locked=True, of=("self",)):
        _change(
            letter,
            LetterState.HELD,
            held_because=list(dict.fromkeys([*letter.held_because, reason])),
            stage="",
            due_at=None,
        )


def _send_what_waited(pause: Pause, now: datetime) -> int:
    """Letters that an officer need not see for any other reason."""
    held = Outgoing.objects.filter(
        dossier__call_id=pause.call_id, state=LetterState.HELD, kind__in=JUDGING
    )
    only = [one for one in held if one.held_because == [pause.reason]]
    gone = 0
    for letter in only:
        gone += _change(letter, LetterState.READY, stage=Stage.SEND, due_at=now)
        work.announce(Stage.SEND, letter.pk)
    return gone


def _change(letter: Outgoing, state: LetterState, **rest: object) -> int:
    """Only while it is what it was: another hand may have been quicker."""
    mine = Outgoing.objects.filter(pk=letter.pk, state=letter.state)
    return mine.update(state=state, claim="", strikes=0, **rest)


def _where(call_id: str, rule: str) -> str:
    return f"{call_id} {rule}".strip()


def paused_dossiers(pauses: Iterable[Pause]) -> tuple[Dossier, ...]:
    """The dossiers that made a call pause, in order of their numbers."""
    ids = {pk for one in pauses for pk in one.failing}
    return tuple(Dossier.objects.filter(pk__in=ids))
