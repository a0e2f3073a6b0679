"""Mails that came: the list of all, one mail as it was read, and what a person does with it."""

from collections import Counter
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk import verbs
from desk.astray import may_be_answered
from desk.sealed import is_sealed, sealed_among
from desk.views.answering import carry_out, download, officer, page, reason
from desk.waiting import mails_for_a_person
from dossier import Reading, Triage
from ledger import acts, values
from ledger.models import Dossier, Incoming, IncomingFile

FOR_A_PERSON = "cho-can-bo"
COPIES = "ban-luu"


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail that came, dossier or not, and what it was taken for.

    Our own letters come back as copies; they have a list of their own.
    """
    chosen, asked = request.GET.get("loai", ""), mails_for_a_person()
    rows = Incoming.objects.order_by("-received_at", "-pk")
    copies, found = rows.exclude(copy_of=None), rows.filter(copy_of=None)
    counts = Counter(found.order_by().values_list("triage", flat=True))
    if chosen == FOR_A_PERSON:
        found = found.filter(pk__in=asked)
    elif chosen == COPIES:
        found = copies
    elif chosen:
        found = found.filter(triage=chosen)
    shown = page(request, found.select_related("dossier").defer("reading"))
    chips = [(FOR_A_PERSON, len(asked)), *((one, counts[one]) for one in map(str, Triage))]
    context = {
        "here": "mails",
        "page": shown,
        "sealed": sealed_among(shown.object_list),
        "asked": asked,
        "counts": [(key, number) for key, number in (*chips, (COPIES, copies.count())) if number],
        "every": sum(counts.values()),
        "chosen": chosen,
    }
    return render(request, "desk/mails.html", context)


@require_safe
def mail(request: HttpRequest, mail: int) -> HttpResponse:
    """One mail: who sent it, what it was taken for and why, what it says; a sealed one is shut."""
    rows = Incoming.objects.select_related("dossier", "copy_of__dossier", "duplicate_of")
    row = get_object_or_404(rows, pk=mail)
    sealed = is_sealed(row)
    context = {
        "here": "mails",
        "mail": row,
        "sealed": sealed,
        "reading": None if sealed or not row.reading else values.load(Reading, row.reading),
        "files": () if sealed else row.files.all(),
        "waits": row.pk in mails_for_a_person(),
        "may_be_read_again": _may_be_read_again(row),
        "other_dossiers": _other_dossiers(row, sealed=sealed),
        "may_be_astray": may_be_answered(row),
        "answer_link": "" if sealed else _answer_link(row),
        "acts": row.acts.order_by("-at", "-pk"),
    }
    return render(request, "desk/mail.html", context)


def _may_be_read_again(row: Incoming) -> bool:
    """Nothing is being done with it, and no dossier rests on it."""
    alone = row.dossier_id is None and row.copy_of_id is None and row.duplicate_of_id is None
    return alone and not row.stage


def _other_dossiers(row: Incoming, *, sealed: bool) -> tuple[Dossier, ...]:
    """Where a mail of a dossier could belong instead; none for a mail that cannot be moved."""
    if row.dossier is None or row.stage or row.duplicate_of_id is not None or sealed:
        return ()
    others = Dossier.objects.filter(call_id=row.dossier.call_id, moved_into=None)
    return tuple(others.order_by("-number"))


def _answer_link(row: Incoming) -> str:
    """Opens the officer's own mail program on an answer."""
    subject = row.subject if row.subject.lower().startswith("re:") else f"Re: {row.subject}"
    return f"mailto:{quote(row.sender)}?subject={quote(subject)}" if row.sender else ""


@require_safe
def mail_raw(_request: HttpRequest, mail: int) -> FileResponse:
    """A mail as it came; a sealed one only goes out by `take_out`. Raises PermissionDenied."""
    row = get_object_or_404(Incoming, pk=mail)
    if is_sealed(row):
        raise PermissionDenied
    return download(row.digest, f"thu-{row.pk}.eml")


@require_POST
def take_out(request: HttpRequest, mail: int) -> HttpResponseBase:
    """Hand out a sealed mail to an officer who says why; the book says who it was."""
    row = get_object_or_404(Incoming, pk=mail)
    if request.POST.get("xac-nhan") != "co":
        messages.error(request, "Cần đánh dấu xác nhận trước khi lấy nguyên bản.")
        return redirect("desk:mail", mail=mail)
    try:
        acts.open_sealed_mail(row.pk, officer(request), timezone.now(), reason(request))
    except acts.RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("desk:mail", mail=mail)
    return download(row.digest, f"thu-{row.pk}.eml")


@require_safe
def file_raw(_request: HttpRequest, file: int) -> FileResponse:
    """A file as its sender sent it; always a download, never shown by the browser itself.

    Raises PermissionDenied for a file of a sealed mail.
    """
    row = get_object_or_404(IncomingFile.objects.select_related("incoming"), pk=file)
    if is_sealed(row.incoming):
        raise PermissionDenied
    return download(row.digest, verbs.file_name(row.name, row.kind))


@require_POST
def settle(request: HttpRequest, mail: int) -> HttpResponse:
    """Write down that the officer answered a question, or saw to a sealed mail."""
    get_object_or_404(Incoming, pk=mail)
    return carry_out(
        request,
        lambda: acts.settle_mail(mail, officer(request), timezone.now(), reason(request)),
        "Đã ghi nhận: thư này không còn chờ cán bộ.",
        redirect("desk:mail", mail=mail),
    )


@require_POST
def read_again(request: HttpRequest, mail: int) -> HttpResponse:
    """Read a mail once more, as if it had just come."""
    get_object_or_404(Incoming, pk=mail)
    return carry_out(
        request,
        lambda: acts.read_again(mail, officer(request), timezone.now(), reason(request)),
        "Thư đang được đọc lại.",
        redirect("desk:mail", mail=mail),
    )
