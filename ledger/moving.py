"""A mail that was joined to the wrong dossier, moved by an officer to the right one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min

from dossier import Triage, Unit
from ledger import filing, troubles
from ledger.acts import RefusedError, judge_again, write_down_dossier
from ledger.models import Dossier, Incoming, LetterState, Outgoing, Stage

WAITS = "Cán bộ vừa chuyển thư giữa hai hồ sơ; xem lại trước khi gửi."
"""Why the next letter of both dossiers waits for an officer."""


def move_mail(mail: int, to: str, who: str, now: datetime, reason: str) -> Dossier:
    """Move a mail to the dossier of this code, or to a new one when the code is empty.

    Both dossiers are judged again, and what is then said waits for an officer. A dossier left
    without a mail is closed, and its number is not given again.

    Raises `RefusedError` when the mail is in no dossier, is still being read, or would go nowhere.
    """
    if not reason.strip():
        message = "Cần ghi lý do chuyển thư."
        raise RefusedError(message)
    with transaction.atomic():
        filing.take_the_pen()
        row = Incoming.objects.select_for_update().get(pk=mail)
        source = _source_of(row)
        target = _target(row, source, to.strip())
        _put(row, source, target, opens=not to.strip())
        for dossier in (source, target):
            _hold_letters(dossier)
            write_down_dossier("move_mail", dossier.pk, who, now, f"{source} → {target}: {reason}")
            if dossier.mails.exists():
                _recount(dossier)
                judge_again(dossier.pk, now, WAITS)
            else:
                _close(dossier, target, now)
    return target


def _source_of(row: Incoming) -> Dossier:
    if row.dossier is None or row.duplicate_of_id is not None or row.copy_of_id is not None:
        message = "Thư này không nằm trong hồ sơ nào."
        raise RefusedError(message)
    if row.stage:
        message = "Thư này đang được đọc; đợi đọc xong rồi chuyển."
        raise RefusedError(message)
    return row.dossier


def _target(row: Incoming, source: Dossier, code: str) -> Dossier:
    if not code:
        if not _counting(source).exclude(pk=row.pk).exists():
            message = "Hồ sơ chỉ có thư này: không cần mở hồ sơ mới."
            raise RefusedError(message)
        return filing.open_dossier(source.call_id, Unit(name=""), row.received_at)
    target = Dossier.objects.filter(code=code, call_id=source.call_id, moved_into=None).first()
    if target is None:
        message = f"Không có hồ sơ {code} trong đợt này."
        raise RefusedError(message)
    if target.pk == source.pk:
        message = "Thư đã nằm trong hồ sơ này."
        raise RefusedError(message)
    return target


def _put(row: Incoming, source: Dossier, target: Dossier, *, opens: bool) -> None:
    """The mail, and when nothing judged stays behind, whatever lies beside it too."""
    doubt, row.dossier, row.certain, row.repeats = row.reason, target, True, False
    if opens and row.triage == Triage.SUPPLEMENT:
        row.triage = Triage.SUBMISSION.value
    row.save(update_fields=["dossier", "certain", "repeats", "triage"])
    if not _counting(source).exists():
        source.mails.update(dossier=target)
    if not source.mails.filter(certain=False, reason=doubt).exists():
        source.doubts = [one for one in source.doubts if one != doubt]
        source.save(update_fields=["doubts"])


def _counting(dossier: Dossier) -> "filing.Mails":
    return filing.counting(dossier)


def _recount(dossier: Dossier) -> None:
    span = _counting(dossier).aggregate(first=Min("received_at"), last=Max("received_at"))
    if span["first"] is not None:
        Dossier.objects.filter(pk=dossier.pk).update(
            opened_at=span["first"], last_mail_at=span["last"]
        )


def _hold_letters(dossier: Dossier) -> None:
    """What was about to go rests on papers that were not the unit's, or not all."""
    ready = Outgoing.objects.filter(dossier=dossier, state=LetterState.READY)
    for letter in ready.select_for_update():
        letter.held_because = list(dict.fromkeys([*letter.held_because, WAITS]))
        letter.state, letter.stage, letter.due_at, letter.claim = LetterState.HELD, "", None, ""
        letter.save(update_fields=["held_because", "state", "stage", "due_at", "claim"])


def _close(dossier: Dossier, target: Dossier, now: datetime) -> None:
    """Nothing is left in it: it is judged, answered and packed no more."""
    Outgoing.objects.filter(dossier=dossier, state=LetterState.HELD).update(
        state=LetterState.DROPPED, answer=f"Mọi thư của hồ sơ đã chuyển sang {target}."
    )
    Dossier.objects.filter(pk=dossier.pk).update(
        moved_into=target,
        state="",
        late=False,
        register_id="",
        doubts=[],
        released_at=None,
        released_by="",
        kept_out_at=None,
        letter_waits_because="",
        quiet_until=None,
        stage="",
        due_at=None,
        claim="",
        strikes=0,
        set_aside="",
    )
    Dossier.objects.filter(moved_into=dossier).update(moved_into=target)
    troubles.end("set_aside", f"{Stage.JUDGE.value}:{dossier.pk}", now)
