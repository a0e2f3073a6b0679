"""The register of units: who has answered and how, and the workbook the office edits."""

from collections import Counter

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config import settings
from config.register import LARGEST, kind_name
from desk import registers, verbs
from desk.views.answering import carry_out, officer
from dossier import Call
from dossier.vietnamese import fold
from ledger import acts, register, standings
from ledger.models import Act
from ledger.standings import Listed, Standing

MOST_REFUSED = 100


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Every unit with what came of it; those that have not answered stand first in the counts."""
    return _page(request, _call(request.GET.get("dot", "")))


def _page(request: HttpRequest, call: Call, put: registers.Put | None = None) -> HttpResponse:
    every = standings.standings(call)
    chosen, wanted = request.GET.get("tinh-trang", ""), fold(request.GET.get("tim", ""))
    counts = Counter(one.standing for one in every)
    rows = [one for one in every if _fits(one, chosen, wanted)]
    context = {
        "here": "units",
        "call": call,
        "calls": settings.load().calls,
        "rows": [(one, kind_name(one.unit.kind, call)) for one in rows],
        "counts": [(str(key), counts[key]) for key in Standing if counts[key]],
        "every": len(every),
        "answered": sum(one.answered for one in every),
        "unreachable": sum(not one.unit.addresses for one in every),
        "chosen": chosen,
        "wanted": request.GET.get("tim", ""),
        "uninvited": standings.uninvited(call),
        "edited": register.version(call.id) > 0,
        "put": put,
        "acts": Act.objects.filter(what=call.id, verb__in=["import_units", "add_address"]).order_by(
            "-at", "-pk"
        )[:20],
    }
    return render(request, "desk/units.html", context)


def _fits(one: Listed, chosen: str, wanted: str) -> bool:
    unit = one.unit
    text = fold(" ".join((unit.name, *unit.aliases, unit.group, *unit.addresses)))
    return (not chosen or one.standing == chosen) and (not wanted or wanted in text)


@require_safe
def workbook(_request: HttpRequest, call_id: str) -> HttpResponse:
    """The register as it stands, to edit in Excel."""
    call = _call(call_id)
    answer = HttpResponse(registers.export(call), content_type=registers.WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="don-vi-{call.id}.xlsx"'
    return answer


@require_POST
def put_workbook(request: HttpRequest, call_id: str) -> HttpResponse:
    """Take a workbook in; when rows are refused nothing is, and each says why."""
    call = _call(call_id)
    file = request.FILES.get("tep")
    if not isinstance(file, UploadedFile) or (file.size or 0) > LARGEST:
        messages.error(request, f"Chọn một tệp .xlsx, không quá {LARGEST >> 20} MB.")
        return redirect("desk:units")
    drop = request.POST.get("bo-don-vi-khac") == "co"
    now = timezone.now()
    try:
        put = registers.put_workbook(file.read(), call, officer(request), now, drop_missing=drop)
    except (verbs.RefusedError, acts.RefusedError) as refused:
        messages.error(request, str(refused))
        return redirect("desk:units")
    if put.refused:
        return _page(request, call, put)
    said = f"Đã nhập: thêm {put.added}, sửa {put.changed}, bỏ {put.dropped} đơn vị."
    messages.success(request, said)
    return redirect("desk:units")


@require_POST
def add_address(request: HttpRequest, call_id: str, register_id: str) -> HttpResponse:
    """Write down another address a unit writes from."""
    call = _call(call_id)
    address = request.POST.get("dia-chi", "")
    return carry_out(
        request,
        lambda: registers.add_address(call, register_id, address, officer(request), timezone.now()),
        "Đã thêm địa chỉ; thư từ địa chỉ này được coi là của đơn vị.",
        redirect("desk:units"),
    )


def _call(call_id: str) -> Call:
    try:
        return registers.call_asked(call_id)
    except verbs.RefusedError as unknown:
        raise Http404 from unknown
