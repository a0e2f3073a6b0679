"""Rules under watch: how often each is overruled, and the pauses one brought about."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk.findings import is_open
from desk.views.answering import A_PAGE, carry_out, officer, reason
from ledger import overruled, watch
from ledger.models import ConfirmedGap, Dossier, Finding, Pause, Waiver
from rules import catalogue


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule that found something, the most often overruled first; pauses above."""
    lasting = Pause.objects.filter(ended_at=None)
    context = {
        "here": "rules",
        "rows": overruled.counts(),
        "pauses": [(one, watch.paused_dossiers([one])) for one in lasting],
        "over": Pause.objects.exclude(ended_at=None)[:A_PAGE],
        "titles": {rule.id: rule.title for rule in catalogue()},
    }
    return render(request, "desk/rules.html", context)


@require_safe
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: what it is for, who overruled it and why, the dossiers it speaks of."""
    known = next((one for one in catalogue() if one.id == rule), None)
    waivers = Waiver.objects.filter(rule=rule).select_related("dossier").order_by("-at", "-pk")
    found = _findings(rule)
    if known is None and not waivers.exists() and not found:
        raise Http404
    confirmed = ConfirmedGap.objects.filter(rule=rule).select_related("dossier")
    context = {
        "here": "rules",
        "id": rule,
        "rule": known,
        "waivers": waivers[:A_PAGE],
        "confirmed": confirmed.order_by("-at", "-pk")[:A_PAGE],
        "found": found[:A_PAGE],
        "more": max(len(found) - A_PAGE, 0),
    }
    return render(request, "desk/rule.html", context)


def _findings(rule: str) -> list[tuple[Dossier, Finding, bool]]:
    """What it says in the newest verdict of each dossier."""
    rows = Finding.objects.filter(rule=rule).select_related("verdict__dossier")
    newest = (
        one
        for one in rows.order_by("-verdict__dossier__number", "position")
        if one.verdict.version == one.verdict.dossier.version
        and one.verdict.dossier.moved_into_id is None
    )
    return [(one.verdict.dossier, one, is_open(one)) for one in newest]


@require_POST
def resume(request: HttpRequest, pause: int) -> HttpResponse:
    """Let letters go again: the rule is right."""
    get_object_or_404(Pause, pk=pause)
    send = request.POST.get("gui-luon") == "co"
    return carry_out(
        request,
        lambda: watch.resume(pause, officer(request), timezone.now(), reason(request), send=send),
        "Đã cho gửi thư trở lại.",
        redirect("desk:rules"),
    )
