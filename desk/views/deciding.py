"""What else an officer decides: that an open question is a gap, and where a mail belongs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from desk import verbs
from desk.astray import tell_astray
from desk.views.answering import carry_out, officer, reason
from ledger import acts
from ledger.confirming import confirm_gap, withdraw_gap
from ledger.models import Dossier, Finding, Incoming
from ledger.moving import move_mail


@require_POST
def gap(request: HttpRequest, code: str, finding: int) -> HttpResponse:
    """Yes, this is a gap: the unit reads the officer's words."""
    row = get_object_or_404(Dossier, code=code)
    one = get_object_or_404(Finding.objects.select_related("verdict"), pk=finding)
    if one.verdict.dossier_id != row.pk:
        raise Http404
    return carry_out(
        request,
        lambda: confirm_gap(
            one.pk,
            officer(request),
            timezone.now(),
            says=request.POST.get("noi-dung", ""),
            remedy=request.POST.get("cach-bo-sung", ""),
        ),
        "Đã ghi nhận là thiếu; hồ sơ được kiểm tra lại ngay, thư được soạn theo đó.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def no_gap(request: HttpRequest, code: str, confirmed: int) -> HttpResponse:
    """Take it back: the question is open again."""
    get_object_or_404(get_object_or_404(Dossier, code=code).confirmed_gaps.all(), pk=confirmed)
    return carry_out(
        request,
        lambda: withdraw_gap(confirmed, officer(request), timezone.now(), reason(request)),
        "Đã rút lại; hồ sơ được kiểm tra lại ngay.",
        redirect("desk:dossier", code=code),
    )


@require_POST
def move(request: HttpRequest, mail: int) -> HttpResponse:
    """Move a mail to the dossier it belongs to, or to a new one."""
    row = get_object_or_404(Incoming.objects.select_related("dossier"), pk=mail)
    before = row.dossier.code if row.dossier else ""
    to, why = request.POST.get("ma-ho-so", ""), reason(request)
    return carry_out(
        request,
        lambda: move_mail(mail, to, officer(request), timezone.now(), why),
        f"Đã chuyển thư khỏi hồ sơ {before}; cả hai hồ sơ được kiểm tra lại, thư mới chờ duyệt.",
        redirect("desk:mail", mail=mail),
    )


@require_POST
def astray(request: HttpRequest, mail: int) -> HttpResponse:
    """Write the word that a mail went astray, and show it before it goes."""
    row = get_object_or_404(Incoming.objects.select_related("dossier"), pk=mail)
    try:
        letter = tell_astray(
            row, request.POST.get("noi-nhan", ""), officer(request), timezone.now()
        )
    except (acts.RefusedError, verbs.RefusedError) as refused:
        messages.error(request, str(refused))
        return redirect("desk:mail", mail=mail)
    messages.success(request, "Đã soạn thư; xem lại rồi duyệt gửi.")
    return redirect("desk:letter", letter=letter.pk)
