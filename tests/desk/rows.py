"""Dossiers, letters and mails as the desk meets them."""

from dataclasses import replace
from html import unescape

from django.http import HttpResponseBase
from django.test import Client

from dossier import Place, ReplyKind, Triage
from ledger import verdicts, work
from ledger.models import Act, Dossier, Incoming, IncomingFile, Outgoing, Stage
from ledger.store import Store
from rules import Finding, Judged, Outcome, Severity
from tests.ledger.rows import NOW, a_dossier, a_draft, a_gap, a_mail, a_ruling, read

HELD = "Đang ở chế độ duyệt: mọi thư chờ cán bộ."


def a_question(says: str = "Không rõ nhiệm vụ có xây dựng mô hình điểm hay không.") -> Judged:
    """Something only a person can tell."""
    at = Place("phieu-1.docx", "mục 2", "xây dựng mô hình quản lý")
    finding = Finding(outcome=Outcome.UNKNOWN, says=says, remedy="Cán bộ đọc phiếu.", at=at)
    return Judged(rule="C07", severity=Severity.GAP, finding=finding)


def a_judged_dossier(
    store: Store, uid: int, *judged: Judged, held: tuple[str, ...] = ()
) -> Dossier:
    """A dossier judged once, with its letter held or due to be sent."""
    dossier = a_dossier(store, uid)
    judge(store, dossier, *judged, held=held)
    return dossier


def judge(store: Store, dossier: Dossier, *judged: Judged, held: tuple[str, ...] = ()) -> None:
    """Judge a dossier that is due (once more)."""
    claimed = work.claim(Stage.JUDGE, dossier.pk, NOW)
    assert claimed is not None
    dossier.refresh_from_db()
    version = dossier.version + 1
    kind = ReplyKind.GAPS if judged else ReplyKind.COMPLETE
    draft = replace(a_draft(store, dossier, version, *held), kind=kind)
    ruling = a_ruling(dossier, *judged)
    verdicts.record(claimed, version, ruling, draft, caps=lambda _to, _of: (), now=NOW)
    dossier.refresh_from_db()


def a_held_letter(store: Store, uid: int = 1) -> Outgoing:
    """A letter that waits for an officer."""
    return a_judged_dossier(store, uid, a_gap(), held=(HELD,)).letters.get()


def a_sorted_mail(store: Store, triage: Triage, uid: int = 1, subject: str = "Hỏi") -> Incoming:
    """A mail in no dossier, read and sorted."""
    mail = a_mail(store, uid)
    read(mail)
    Incoming.objects.filter(pk=mail.pk).update(
        triage=triage.value, subject=subject, stage="", due_at=None, reason="Vì sao."
    )
    mail.refresh_from_db()
    return mail


def a_file(
    store: Store, mail: Incoming, name: str = "CV 25.pdf", raw: bytes = b"%PDF"
) -> IncomingFile:
    """A file of a mail, its bytes in the store."""
    return IncomingFile.objects.create(
        incoming=mail,
        position=mail.files.count(),
        name=name,
        digest=store.put(raw),
        size=len(raw),
        kind="pdf",
        roles=["cover_letter"],
    )


def text(answer: HttpResponseBase) -> str:
    """What a page says, tags and all, entities left as they are."""
    return b"".join(answer).decode()


def said(browser: Client, answer: HttpResponseBase) -> str:
    """Follow an act to its page and give the line that tells how it went."""
    page = text(browser.get(answer.headers["Location"]))
    return unescape(page.partition('<p class="said ')[2].partition(">")[2].partition("</p>")[0])


def acts() -> list[tuple[str, str, str]]:
    """The book of acts: who, verb, why."""
    return list(Act.objects.values_list("who", "verb", "reason"))
