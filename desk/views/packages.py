"""The package for the next office: what it would hold, making it, handing it out."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk import verbs
from desk.views.answering import carry_out, download, officer, page
from ledger.models import Package
from outbox.bundle.build import INTERNAL


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """The packages made so far, what the next one would hold, and what it would leave out."""
    shown = page(request, Package.objects.prefetch_related("dossiers"))
    context = {
        "here": "packages",
        "page": shown,
        "nexts": verbs.next_packages(),
    }
    return render(request, "desk/packages.html", context)


@require_POST
def make_package(request: HttpRequest) -> HttpResponse:
    """Build the package of one call now."""
    return carry_out(
        request,
        lambda: verbs.make_package(officer(request), timezone.now(), request.POST.get("dot", "")),
        "Đã lập hồ sơ tổng hợp; tải về ở dòng đầu bảng dưới đây.",
        redirect("desk:packages"),
    )


@require_safe
def package_raw(_request: HttpRequest, package: int, name: str) -> FileResponse:
    """A package to send on."""
    row = get_object_or_404(Package, pk=package, name=name)
    return download(row.digest, row.name)


@require_safe
def package_internal(_request: HttpRequest, package: int, name: str) -> FileResponse:
    """Its part for the house: every finding with its rule, every file with its digest."""
    row = get_object_or_404(Package, pk=package, name=name)
    return download(row.internal, f"{INTERNAL}_{row.name}")
