"""Open questions an officer called gaps: for how long that counts, and in what words."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ledger.acts import RefusedError, judge_again, write_down_dossier
from ledger.models import ConfirmedGap, Dossier, Finding, IncomingFile
from rules import Outcome, Severity

_TO_OFFICERS = "cán bộ"
"""How the remedy of a question begins that speaks to officers, not to the unit."""
LONGEST = 600
"""Characters of a sentence to a unit; what a letter would cut off is refused."""


def confirm_gap(finding: int, who: str, now: datetime, *, says: str, remedy: str) -> ConfirmedGap:
    """Say of an open question that it is a gap, in the words the unit reads; judge it again.

    Raises `RefusedError` when it is no open question of the newest verdict, when it was answered
    already, or when the words are missing or too long for a letter.
    """
    says, remedy = " ".join(says.split()), " ".join(remedy.split())
    if not says or not remedy:
        message = "Cần ghi nội dung còn thiếu và cách bổ sung: đơn vị sẽ đọc đúng những chữ này."
        raise RefusedError(message)
    if max(len(says), len(remedy)) > LONGEST:
        message = f"Mỗi câu gửi đơn vị dài không quá {LONGEST} chữ cái."
        raise RefusedError(message)
    if remedy.casefold().startswith(_TO_OFFICERS):
        message = "Cách bổ sung là để đơn vị đọc; viết việc đơn vị cần làm."
        raise RefusedError(message)
    with transaction.atomic():
        row = Finding.objects.select_related("verdict").get(pk=finding)
        dossier = Dossier.objects.select_for_update().get(pk=row.verdict.dossier_id)
        if row.verdict.version != dossier.version:
            message = "Hồ sơ vừa được kiểm tra lại; đọc kết luận mới rồi quyết định."
            raise RefusedError(message)
        if row.outcome != Outcome.UNKNOWN or row.severity != Severity.GAP:
            message = "Nội dung này không phải câu hỏi còn để ngỏ."
            raise RefusedError(message)
        answered = dossier.confirmed_gaps.filter(key=row.key, withdrawn_at=None)
        papers = papers_of(dossier, row.file)
        if answered.filter(papers=papers).exists():
            message = "Nội dung này đã được xác nhận rồi."
            raise RefusedError(message)
        answered.update(withdrawn_at=now)
        made = ConfirmedGap.objects.create(
            dossier=dossier,
            rule=row.rule,
            key=row.key,
            file=row.file,
            papers=papers,
            says=says,
            remedy=remedy,
            officer=who,
            at=now,
        )
        judge_again(dossier.pk, now)
        write_down_dossier("confirm_gap", dossier.pk, who, now, f"{row.rule}: {says}")
    return made


def withdraw_gap(confirmed: int, who: str, now: datetime, reason: str = "") -> None:
    """Take it back: the question is open again. Raises `RefusedError`."""
    with transaction.atomic():
        row = ConfirmedGap.objects.filter(pk=confirmed, withdrawn_at=None).first()
        if row is None:
            message = "Việc xác nhận này đã được rút lại."
            raise RefusedError(message)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        judge_again(row.dossier_id, now)
        write_down_dossier("withdraw_gap", row.dossier_id, who, now, f"{row.rule}: {reason}")


def confirmed_in(dossier: Dossier) -> Mapping[str, tuple[str, str]]:
    """Questions of a dossier that count as gaps now: key to what the unit reads, and the remedy.

    What was said of papers that have changed since counts no more.
    """
    stand = dossier.confirmed_gaps.filter(withdrawn_at=None)
    return {
        one.key: (one.says, one.remedy)
        for one in stand
        if one.papers == papers_of(dossier, one.file)
    }


def papers_of(dossier: Dossier, file: str) -> str:
    """What an officer looks at who answers a question about a file: a digest of it.

    A question about no file of its own (a paper that may be missing) is about everything that
    came: any new mail or file opens it again.
    """
    mails = dossier.mails.filter(duplicate_of=None, repeats=False).order_by("received_at", "pk")
    files = IncomingFile.objects.filter(incoming__in=mails).order_by(
        "incoming__received_at", "incoming_id", "position"
    )
    seen = list(files.values_list("name", "digest"))
    about = [one for one in seen if file and one[0] == file]
    looked_at = about or [*seen, *mails.values_list("digest", "sender")]
    return hashlib.sha256(json.dumps(looked_at).encode()).hexdigest()
