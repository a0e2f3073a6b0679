"""Letters of ours: those that wait for a decision, one letter as it goes, and the decision."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk.views.answering import carry_out, download, officer, page, reason, reason_needed
from desk.waiting import LETTERS as WAITING
from ledger import acts
from ledger.models import LetterState, Outgoing, Stage

ON_ITS_WAY = (LetterState.READY, LetterState.SENDING)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that wait for a decision, then all others, newest first."""
    chosen = request.GET.get("tinh-trang", "")
    heads = list(Outgoing.objects.order_by("-pk").values_list("pk", "state"))
    found = [(pk, state) for pk, state in heads if not chosen or state == chosen]
    found.sort(key=lambda one: one[1] not in WAITING)
    counts = Counter(state for _pk, state in heads)
    shown = page(request, [pk for pk, _state in found])
    rows = Outgoing.objects.select_related("dossier").defer("text", "html")
    rows_by_id = rows.in_bulk(list(shown.object_list))
    context = {
        "here": "letters",
        "page": shown,
        "rows": [rows_by_id[pk] for pk in shown.object_list],
        "counts": [(state, counts[state]) for state in map(str, LetterState) if counts[state]],
        "every": len(heads),
        "chosen": chosen,
    }
    return render(request, "desk/letters.html", context)


@require_safe
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter, byte for byte as it goes, and what may be decided about it."""
    row = get_object_or_404(Outgoing.objects.select_related("dossier", "verdict"), pk=letter)
    context = {
        "here": "letters",
        "letter": row,
        "waits": row.state in WAITING,
        "on_its_way": row.state in ON_ITS_WAY and not row.set_aside,
        "may_be_replaced": row.state == LetterState.HELD and _is_judged_again(row),
        "acts": row.acts.order_by("-at", "-pk"),
    }
    return render(request, "desk/letter.html", context)


def _is_judged_again(row: Outgoing) -> bool:
    return row.dossier is not None and row.dossier.stage == Stage.JUDGE


@require_safe
@csp(  # type: ignore[arg-type]  # -- its type forgets that views take arguments
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": True,
    }
)
def letter_html(_request: HttpRequest, letter: int) -> HttpResponse:
    """The HTML part of a letter, as a document that may run and load nothing."""
    return HttpResponse(get_object_or_404(Outgoing, pk=letter).html)


@require_safe
def letter_raw(_request: HttpRequest, letter: int) -> FileResponse:
    """The bytes of a letter."""
    row = get_object_or_404(Outgoing.objects.select_related("dossier"), pk=letter)
    named = row.dossier.code if row.dossier else f"thu-{row.pk}"
    return download(row.digest, f"{named}-{row.kind}.eml")


Decision: TypeAlias = Callable[[HttpRequest, int], object]


def _release(request: HttpRequest, letter: int) -> None:
    acts.release_letter(letter, officer(request), timezone.now(), reason(request))


def _drop(request: HttpRequest, letter: int) -> None:
    why = reason_needed(request, "Cần ghi lý do không gửi: đơn vị sẽ không nhận được thư này.")
    acts.drop_letter(letter, officer(request), timezone.now(), why)


def _arrived(request: HttpRequest, letter: int) -> None:
    who, why = officer(request), reason(request)
    acts.settle_doubt(letter, who, timezone.now(), arrived=True, reason=why)


def _send_again(request: HttpRequest, letter: int) -> None:
    who, why = officer(request), reason(request)
    acts.settle_doubt(letter, who, timezone.now(), arrived=False, reason=why)


def _try_again(request: HttpRequest, letter: int) -> None:
    acts.try_again(letter, officer(request), timezone.now(), reason(request))


DECISIONS: Mapping[str, tuple[Decision, str]] = MappingProxyType(
    {
        "gui": (_release, "Đã duyệt; thư đang được gửi."),
        "khong-gui": (_drop, "Thư không được gửi."),
        "da-den": (_arrived, "Đã ghi nhận thư đã đến nơi."),
        "gui-lai": (_send_again, "Thư đang được gửi lại."),
        "thu-lai": (_try_again, "Thư đang được gửi lại."),
    }
)
"""What an officer may decide about a letter: the button's value, the act, what is said after."""


@require_POST
def decide(request: HttpRequest, letter: int) -> HttpResponse:
    """Carry out an officer's decision about a letter."""
    get_object_or_404(Outgoing, pk=letter)
    chosen = DECISIONS.get(request.POST.get("quyet-dinh", ""))
    if chosen is None:
        raise Http404
    act, said = chosen
    return carry_out(
        request, lambda: act(request, letter), said, redirect("desk:letter", letter=letter)
    )
