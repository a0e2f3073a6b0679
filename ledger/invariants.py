"""What must hold in the ledger at any moment; whatever does not is a fault of ours."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery

from ledger.models import (
    Dossier,
    Incoming,
    IncomingFile,
    LetterState,
    Outgoing,
    Package,
    Stage,
    Verdict,
)
from ledger.store import DamagedError, Store


def broken(store: Store, *, whole: bool = False) -> Iterator[str]:
    """Say what does not hold, one Vietnamese sentence each; nothing when all is well.

    With `whole` every byte that a row refers to is read again; else only its presence is looked at.
    """
    yield from _mails(store, whole=whole)
    yield from _files(store, whole=whole)
    yield from _dossiers()
    yield from _verdicts()
    yield from _letters(store, whole=whole)
    yield from _packages(store, whole=whole)


def _mails(store: Store, *, whole: bool) -> Iterator[str]:
    for mail in Incoming.objects.only("pk", "digest", "account", "folder", "uid").iterator():
        if fault := _damage(store, mail.digest, whole=whole):
            yield f"Thư đến {mail}: {fault}."
    lost = Incoming.objects.filter(stage="", triage="", duplicate_of=None, set_aside="")
    for mail in lost:
        yield f"Thư đến {mail} chưa được phân loại mà không còn việc nào chờ."
    asleep = Incoming.objects.exclude(stage="").filter(due_at=None, set_aside="")
    for mail in asleep:
        yield f"Thư đến {mail} chờ {Stage(mail.stage).label} mà không có hẹn giờ."


def _files(store: Store, *, whole: bool) -> Iterator[str]:
    """Files of mails; the same file of many mails is looked at once."""
    kept = IncomingFile.objects.exclude(digest="").order_by("digest", "pk")
    looked_at, fault = "", ""
    for file in kept.select_related("incoming").defer("incoming__reading").iterator():
        if file.digest != looked_at:
            looked_at, fault = file.digest, _damage(store, file.digest, whole=whole)
        if fault:
            yield f"Tệp “{file}” của thư đến {file.incoming}: {fault}."


def _dossiers() -> Iterator[str]:
    for dossier in Dossier.objects.filter(stage="", version=0, moved_into=None):
        yield f"Hồ sơ {dossier} chưa có kết luận mà không chờ kiểm tra."
    for dossier in Dossier.objects.exclude(stage="").filter(due_at=None, set_aside=""):
        yield f"Hồ sơ {dossier} chờ kiểm tra mà không có hẹn giờ."
    for dossier in Dossier.objects.annotate(count=Count("verdicts")).exclude(version=0):
        if dossier.count != dossier.version:
            yield f"Hồ sơ {dossier} ở bản {dossier.version} mà có {dossier.count} kết luận."
    newest = Verdict.objects.filter(dossier=OuterRef("pk")).order_by("-version")
    told = Dossier.objects.annotate(told=Subquery(newest.values("state")[:1]))
    for dossier in told.filter(moved_into=None).exclude(version=0).exclude(state=F("told")):
        yield f"Hồ sơ {dossier} ghi trạng thái khác kết luận mới nhất."
    for dossier in Dossier.objects.filter(mails=None, moved_into=None):
        yield f"Hồ sơ {dossier} không có thư nào."


def _verdicts() -> Iterator[str]:
    counted = Verdict.objects.annotate(count=Count("letters")).select_related("dossier")
    for verdict in counted.filter(count=0, no_letter_because=""):
        yield f"Kết luận {verdict.version} của {verdict.dossier} không có thư, không có lý do."
    for verdict in counted.filter(count__gt=0).exclude(no_letter_because=""):
        yield f"Kết luận {verdict.version} của {verdict.dossier} vừa có thư vừa có lý do."


def _letters(store: Store, *, whole: bool) -> Iterator[str]:
    for letter in Outgoing.objects.select_related("dossier", "verdict"):
        if fault := _damage(store, letter.digest, whole=whole):
            yield f"{_named(letter)}: {fault}."
        if letter.verdict is None:
            if not letter.occasion:
                yield f"{_named(letter)} không thuộc kết luận nào mà không rõ vì việc gì."
        elif letter.verdict.dossier_id != letter.dossier_id:
            yield f"Thư trả lời hồ sơ {letter.dossier} thuộc kết luận của hồ sơ khác."
    waiting = Q(state__in=[LetterState.READY, LetterState.SENDING, LetterState.IN_DOUBT])
    for letter in Outgoing.objects.filter(waiting & Q(set_aside="")).filter(
        Q(due_at=None) | ~Q(stage=Stage.SEND)
    ):
        yield f"{_named(letter)} chờ gửi mà không có hẹn giờ."
    for letter in Outgoing.objects.filter(state=LetterState.SENT, sent_at=None):
        yield f"{_named(letter)} đã gửi mà không có giờ gửi."
    for letter in Outgoing.objects.filter(state=LetterState.SENT, proof=""):
        yield f"{_named(letter)} ghi là đã gửi mà không có gì chứng minh."
    for letter in Outgoing.objects.filter(waiting, copies__isnull=False).distinct():
        yield f"{_named(letter)} đã có bản lưu trong hộp thư mà vẫn chờ gửi."


def _packages(store: Store, *, whole: bool) -> Iterator[str]:
    for package in Package.objects.all():
        for digest in filter(None, (package.digest, package.internal)):
            if fault := _damage(store, digest, whole=whole):
                yield f"Hồ sơ tổng hợp {package}: {fault}."


def _named(letter: Outgoing) -> str:
    return f"Thư trả lời {'hồ sơ ' if letter.dossier else ''}{letter.about}"


def _damage(store: Store, digest: str, *, whole: bool) -> str:
    if not store.holds(digest):
        return "tệp gốc không còn trong kho"
    if whole:
        try:
            store.check(digest)
        except DamagedError:
            return "tệp gốc trong kho đã bị thay đổi"
    return ""
