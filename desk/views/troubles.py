"""What fails, what failed, and the work set aside after three tries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from desk.aside import aside
from desk.views.answering import A_PAGE, carry_out, officer
from ledger import acts
from ledger.models import Stage, Trouble


@require_safe
def troubles(request: HttpRequest) -> HttpResponse:
    """Everything that does not go as it should; work set aside has its own list."""
    lasting = Trouble.objects.filter(until=None)
    context = {
        "here": "troubles",
        "lasting": lasting.exclude(what="set_aside"),
        "over": Trouble.objects.exclude(until=None).order_by("-until")[:A_PAGE],
        "aside": aside(),
    }
    return render(request, "desk/troubles.html", context)


@require_POST
def retry(request: HttpRequest, stage: str, row: int) -> HttpResponse:
    """Take up again what was set aside, and go back to where the button was pressed."""
    if stage not in Stage.values:
        raise Http404
    back = request.POST.get("ve", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return carry_out(
        request,
        lambda: acts.retry(Stage(stage), row, officer(request), timezone.now()),
        "Việc được làm lại ngay.",
        redirect(back if ours else "desk:troubles"),
    )
