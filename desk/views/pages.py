"""Papers to look at: all pages of one, and beside every finding the place it speaks of."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk.papers import (
    WIDTHS,
    BusyError,
    NoPagesError,
    Pages,
    is_shown,
    pages,
    papers_of,
    place_of,
)
from desk.sealed import is_sealed
from ledger.models import Finding, IncomingFile

_AGAIN_SECONDS = 3
_JPEG, _PNG = "image/jpeg", "image/png"
_JPEG_MARK = b"\xff\xd8"
_NOTHING = "chương trình này không được nối với phần dựng ảnh trang"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One page as the list of pages shows it."""

    number: int
    width: int
    height: int
    """In pixels, so that the browser keeps its place free."""
    is_marked: bool


@require_safe
def paper(request: HttpRequest, file: int) -> HttpResponse:
    """All pages of a paper one under another, the place a finding speaks of marked."""
    row = _open(file)
    finding = _about(request, row)
    context = {
        "here": "dossiers" if row.incoming.dossier_id else "mails",
        "file": row,
        "dossier": row.incoming.dossier,
        "finding": finding,
        "again": _AGAIN_SECONDS,
    }
    try:
        maker = _maker(row)
        outline = maker.outline(row.digest, row.kind)
        spot = maker.locate(row.digest, row.kind, place_of(finding)) if finding else None
    except BusyError:
        return render(request, "desk/paper.html", context | {"busy": True}, status=202)
    except NoPagesError as error:
        return render(request, "desk/paper.html", context | {"why": str(error)})
    if finding and spot and spot.page > 1 and "trang" not in request.GET:
        there = f"?dau={finding.pk}&trang={spot.page}#trang-{spot.page}"
        return redirect(reverse("desk:paper", args=[row.pk]) + there)
    sheets = [
        _Sheet(
            number=number,
            width=WIDTHS[0],
            height=round(WIDTHS[0] * high / wide),
            is_marked=bool(spot and spot.is_marked and spot.page == number),
        )
        for number, (wide, high) in enumerate(outline.sizes, start=1)
    ]
    found = {"sheets": sheets, "total": outline.total, "spot": spot, "fine": WIDTHS[1]}
    return render(request, "desk/paper.html", context | found)


def _picture(make: Callable[[], bytes]) -> HttpResponse:
    """A picture, or in few words why there is none (yet)."""
    try:
        raw = make()
    except BusyError:
        again = {"Retry-After": str(_AGAIN_SECONDS)}
        return _said("đang dựng ảnh trang, tải lại sau", status=503, headers=again)
    except NoPagesError as error:
        return _said(str(error), status=404)
    return HttpResponse(raw, content_type=_JPEG if raw.startswith(_JPEG_MARK) else _PNG)


def _said(words: str, *, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        words, status=status, headers=headers, content_type="text/plain; charset=utf-8"
    )


@require_safe
def page_picture(request: HttpRequest, file: int, number: int) -> HttpResponse:
    """One page of a paper."""
    row = _open(file)
    finding = _about(request, row)
    wanted = request.GET.get("rong", "")
    width = int(wanted) if wanted in map(str, WIDTHS) else WIDTHS[0]
    at = place_of(finding) if finding else None
    return _picture(
        lambda: _maker(row).picture(row.digest, row.kind, page=number, width=width, at=at)
    )


@require_safe
def excerpt(request: HttpRequest, code: str, finding: int) -> HttpResponse:
    """The frame beside a finding: the place it speaks of, or that it is being made, or why not."""
    one, row = _of_dossier(code, finding)
    context = {"finding": one, "file": row, "code": code, "again": _AGAIN_SECONDS}
    try:
        spot = _maker(row).locate(row.digest, row.kind, place_of(one))
    except BusyError:
        return render(request, "desk/excerpt.html", context | {"busy": True}, status=202)
    except NoPagesError as error:
        return render(request, "desk/excerpt.html", context | {"why": str(error)})
    return render(request, "desk/excerpt.html", context | {"spot": spot})


@require_safe
def excerpt_picture(request: HttpRequest, code: str, finding: int) -> HttpResponse:
    """The picture in that frame."""
    one, row = _of_dossier(code, finding)
    narrow = "hep" in request.GET
    return _picture(lambda: _maker(row).excerpt(row.digest, row.kind, place_of(one), narrow=narrow))


def _open(file: int) -> IncomingFile:
    """A file that may be looked at.

    Raises Http404 when there is none, and PermissionDenied for a file of a sealed mail.
    """
    row = get_object_or_404(IncomingFile.objects.select_related("incoming__dossier"), pk=file)
    if is_sealed(row.incoming):
        raise PermissionDenied
    if not row.digest:
        raise Http404
    return row


def _about(request: HttpRequest, row: IncomingFile) -> Finding | None:
    """The finding whose place is to be marked, if it speaks of this very file."""
    asked = request.GET.get("dau", "")
    if not asked.isdecimal():
        return None
    of_dossier = Finding.objects.filter(verdict__dossier=row.incoming.dossier_id)
    return of_dossier.filter(pk=asked, file=row.name).first()


def _of_dossier(code: str, finding: int) -> tuple[Finding, IncomingFile]:
    """A finding of a dossier, and the paper it speaks of. Raises Http404 when there is none."""
    one = get_object_or_404(Finding.objects.select_related("verdict__dossier"), pk=finding)
    if one.verdict.dossier.code != code:
        raise Http404
    found = papers_of(one.verdict.dossier, (one,), one.verdict.mails)
    if one.pk not in found:
        raise Http404
    return one, found[one.pk]


def _maker(row: IncomingFile) -> Pages:
    """What makes the pictures of a file. Raises NoPagesError where nothing can."""
    maker = pages()
    if maker is None:
        raise NoPagesError(_NOTHING)
    if not is_shown(row):
        message = f"tệp loại .{row.kind or '?'} không có ảnh trang"
        raise NoPagesError(message)
    return maker
