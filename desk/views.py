"""The desk's pages: what came, what was found, what waits for a person, and the person's verbs."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk import verbs
from desk.findings import Group, sorted_for_reading
from dossier.vietnamese import fold
from ledger import acts, work
from ledger.models import (
    Dossier,
    Incoming,
    IncomingFile,
    LetterState,
    Outgoing,
    Package,
    Stage,
    Trouble,
)
from rules.rule import State

A_PAGE = 50
WAITING = (LetterState.HELD, LetterState.IN_DOUBT, LetterState.FAILED)
"""Letters that need an officer's decision."""
NO_STATE = "waiting"
"""The filter's name for dossiers not yet judged."""


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers, those that need a person first, with state and reason."""
    every = list(Dossier.objects.prefetch_related("verdicts__findings", "letters", "mails"))
    chosen, wanted = request.GET.get("tinh-trang", ""), fold(request.GET.get("tim", ""))
    found = [
        row
        for row in every
        if (not chosen or (row.state or NO_STATE) == chosen or (chosen == "late" and row.late))
        and (not wanted or wanted in fold(f"{row.code} {row.unit_name}"))
    ]
    found.sort(key=lambda row: (row.state != State.OFFICER, -row.number))
    counts = Counter(row.state or NO_STATE for row in every)
    counts["late"] = sum(row.late for row in every)
    context = {
        "here": "dossiers",
        "page": _page(request, [_Listed(row) for row in found]),
        "counts": [
            (key, counts[key]) for key in (*map(str, State), NO_STATE, "late") if counts[key]
        ],
        "every": len(every),
        "chosen": chosen,
        "wanted": request.GET.get("tim", ""),
        "letters_waiting": Outgoing.objects.filter(state__in=WAITING).count(),
        "troubles": Trouble.objects.filter(until=None).count(),
    }
    return render(request, "desk/dossiers.html", context)


class _Listed:
    """A dossier as the list shows it."""

    def __init__(self, row: Dossier) -> None:
        self.row = row
        verdicts = sorted(row.verdicts.all(), key=lambda one: one.version)
        findings = verdicts[-1].findings.all() if verdicts else ()
        telling = [one for one in findings if not one.waived]
        asked = [one.says for one in telling if one.needs_officer]
        gaps = [one.says for one in telling if one.severity == "gap" and one.outcome == "fail"]
        self.reasons = [*row.doubts, *(asked or gaps)][:3]
        self.letter = max(row.letters.all(), key=lambda one: one.pk, default=None)
        self.mails = len(row.mails.all())


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier: what came, every finding with its words and clause, letters, acts."""
    row = get_object_or_404(Dossier, code=code)
    newest = row.newest
    shown = sorted_for_reading(newest.findings.all()) if newest else ()
    context = {
        "here": "dossiers",
        "dossier": row,
        "verdict": newest,
        "verdicts": row.verdicts.order_by("-version"),
        "gaps": [one for one in shown if one.group is Group.GAP],
        "questions": [one for one in shown if one.group is Group.QUESTION],
        "remarks": [one for one in shown if one.group is Group.REMARK],
        "waived": [one for one in shown if one.group is Group.WAIVED],
        "waivers": row.waivers.filter(withdrawn_at=None),
        "mails": row.mails.prefetch_related("files"),
        "letters": row.letters.order_by("-pk"),
        "acts": row.acts.order_by("-at"),
        "tasks": (newest.assembled or {}).get("tasks", ()) if newest else (),
    }
    return render(request, "desk/dossier.html", context)


@require_POST
def waive(request: HttpRequest, code: str, finding: int) -> HttpResponse:
    """Waive one finding of the newest verdict, with a reason."""
    row = get_object_or_404(Dossier, code=code)
    newest = row.newest
    if newest is None:
        raise Http404
    one = get_object_or_404(newest.findings.all(), pk=finding)
    return _act(
        request,
        lambda: acts.waive(one.pk, _officer(request), timezone.now(), _reason(request)),
        "Đã ghi nhận; hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def withdraw(request: HttpRequest, code: str, waiver: int) -> HttpResponse:
    """Take a waiver back."""
    get_object_or_404(get_object_or_404(Dossier, code=code).waivers.all(), pk=waiver)
    return _act(
        request,
        lambda: acts.withdraw_waiver(waiver, _officer(request), timezone.now()),
        "Đã rút lại; hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def include(request: HttpRequest, code: str) -> HttpResponse:
    """Let a dossier into the package, or take it out again."""
    row = get_object_or_404(Dossier, code=code)
    act = acts.hold_dossier if row.released_at else acts.release_dossier
    said = "Đã rút khỏi" if row.released_at else "Đã đưa vào"
    return _act(
        request,
        lambda: act(row.pk, _officer(request), timezone.now(), _reason(request)),
        f"{said} diện tổng hợp.",
        redirect("desk:dossier", code=code),
    )


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that wait for a decision, then all others, newest first."""
    chosen = request.GET.get("tinh-trang", "")
    found = Outgoing.objects.select_related("dossier").order_by("-pk")
    if chosen:
        found = found.filter(state=chosen)
    rows = sorted(found, key=lambda one: one.state not in WAITING)
    counts = Counter(Outgoing.objects.values_list("state", flat=True))
    context = {
        "here": "letters",
        "page": _page(request, rows),
        "counts": [(state, counts[state]) for state in map(str, LetterState) if counts[state]],
        "every": sum(counts.values()),
        "chosen": chosen,
    }
    return render(request, "desk/letters.html", context)


@require_safe
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter, byte for byte as it goes, and what may be decided about it."""
    row = get_object_or_404(Outgoing.objects.select_related("dossier", "verdict"), pk=letter)
    context = {"here": "letters", "letter": row, "waits": row.state in WAITING}
    return render(request, "desk/letter.html", context)


@require_safe
@csp_replace(  # type: ignore[arg-type]  # -- its type forgets that views take arguments
    {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": True}
)
def letter_html(_request: HttpRequest, letter: int) -> HttpResponse:
    """The HTML part of a letter, in a frame of its own that may run and load nothing."""
    return HttpResponse(get_object_or_404(Outgoing, pk=letter).html)


@require_safe
def letter_raw(_request: HttpRequest, letter: int) -> FileResponse:
    """The bytes of a letter."""
    row = get_object_or_404(Outgoing.objects.select_related("dossier"), pk=letter)
    return _download(row.digest, f"{row.dossier.code}-{row.kind}.eml")


DECISIONS: dict[str, tuple[Callable[[int, str, str], object], str]] = {
    "gui": (
        lambda pk, who, why: acts.release_letter(pk, who, timezone.now(), why),
        "Thư được gửi ngay.",
    ),
    "khong-gui": (
        lambda pk, who, why: acts.drop_letter(pk, who, timezone.now(), why),
        "Thư không được gửi.",
    ),
    "da-den": (
        lambda pk, who, why: acts.settle_doubt(pk, who, timezone.now(), arrived=True, reason=why),
        "Đã ghi nhận thư đã đến nơi.",
    ),
    "gui-lai": (
        lambda pk, who, why: acts.settle_doubt(pk, who, timezone.now(), arrived=False, reason=why),
        "Thư được gửi lại.",
    ),
    "thu-lai": (
        lambda pk, who, why: acts.try_again(pk, who, timezone.now(), why),
        "Thư được gửi lại.",
    ),
}
"""What an officer may decide about a letter: the button's value, the act, what is said after."""


@require_POST
def decide(request: HttpRequest, letter: int) -> HttpResponse:
    """Carry out an officer's decision about a letter."""
    get_object_or_404(Outgoing, pk=letter)
    act, said = DECISIONS.get(request.POST.get("quyet-dinh", ""), (None, ""))
    if act is None:
        raise Http404
    return _act(
        request,
        lambda: act(letter, _officer(request), _reason(request)),
        said,
        redirect("desk:letter", letter=letter),
    )


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail that came, dossier or not, and what it was taken for."""
    chosen = request.GET.get("loai", "")
    every = Incoming.objects.select_related("dossier", "copy_of", "duplicate_of")
    found = every.order_by("-received_at", "-pk")
    if chosen:
        found = found.filter(triage=chosen)
    counts = Counter(Incoming.objects.values_list("triage", flat=True))
    context = {
        "here": "mails",
        "page": _page(request, found),
        "counts": [(triage, number) for triage, number in counts.most_common() if triage],
        "every": sum(counts.values()),
        "chosen": chosen,
    }
    return render(request, "desk/mails.html", context)


@require_safe
def mail_raw(_request: HttpRequest, mail: int) -> FileResponse:
    """A mail as it came."""
    row = get_object_or_404(Incoming, pk=mail)
    return _download(row.digest, f"thu-{row.pk}.eml")


@require_safe
def file_raw(_request: HttpRequest, file: int) -> FileResponse:
    """A file as its sender sent it; always a download, never shown by the browser itself."""
    row = get_object_or_404(IncomingFile.objects.exclude(digest=""), pk=file)
    return _download(row.digest, verbs.file_name(row.name, row.kind))


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """The packages made so far, and what the next one would hold."""
    context = {
        "here": "packages",
        "packages": Package.objects.prefetch_related("dossiers"),
        "next": verbs.next_package(),
    }
    return render(request, "desk/packages.html", context)


@require_POST
def make_package(request: HttpRequest) -> HttpResponse:
    """Build the package now."""
    return _act(
        request,
        lambda: verbs.make_package(_officer(request), timezone.now()),
        "Đã lập hồ sơ tổng hợp.",
        redirect("desk:packages"),
    )


@require_safe
def package_raw(_request: HttpRequest, package: int, name: str) -> FileResponse:
    """A package to send on."""
    row = get_object_or_404(Package, pk=package, name=name)
    return _download(row.digest, row.name)


@require_safe
def troubles(request: HttpRequest) -> HttpResponse:
    """What fails, what failed, and the work set aside after three tries."""
    context = {
        "here": "troubles",
        "lasting": Trouble.objects.filter(until=None),
        "over": Trouble.objects.exclude(until=None).order_by("-until")[:A_PAGE],
        "aside": [
            {
                "stage": stage.value,
                "label": stage.label,
                "row": row.pk,
                "what": str(row),
                "why": row.set_aside,
            }
            for stage, row in work.set_aside()
        ],
    }
    return render(request, "desk/troubles.html", context)


@require_POST
def retry(request: HttpRequest, stage: str, row: int) -> HttpResponse:
    """Take up again what was set aside."""
    if stage not in Stage.values:
        raise Http404
    return _act(
        request,
        lambda: acts.retry(Stage(stage), row, _officer(request), timezone.now()),
        "Việc được làm lại ngay.",
        redirect("desk:troubles"),
    )


def _act(
    request: HttpRequest, act: Callable[[], object], said: str, then: HttpResponseRedirect
) -> HttpResponse:
    """Do what the officer asked and say so; say why when it is not possible any more."""
    try:
        act()
    except (acts.RefusedError, verbs.RefusedError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return then


def _officer(request: HttpRequest) -> str:
    return request.user.get_username()


def _reason(request: HttpRequest) -> str:
    return request.POST.get("ly-do", "").strip()


def _page(request: HttpRequest, rows: Any) -> Page[Any]:  # noqa: ANN401 -- a query or a list
    return Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))


def _download(digest: str, name: str) -> FileResponse:
    stored = verbs.store()
    if not stored.holds(digest):
        raise Http404
    return FileResponse(stored.path(digest).open("rb"), as_attachment=True, filename=name)
