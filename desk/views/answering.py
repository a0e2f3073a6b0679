"""What every page does alike: carry out an act and say so, turn pages, hand out bytes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from desk import verbs
from ledger import acts

A_PAGE = 50


def carry_out(
    request: HttpRequest, act: Callable[[], object], said: str, then: HttpResponseRedirect
) -> HttpResponse:
    """Do what the officer asked and say so; say why when it is not possible (any more)."""
    try:
        act()
    except (acts.RefusedError, verbs.RefusedError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return then


def officer(request: HttpRequest) -> str:
    """Who asks."""
    return request.user.get_username()


def reason(request: HttpRequest) -> str:
    """Why, in the officer's words; empty when they gave none."""
    return request.POST.get("ly-do", "").strip()


def reason_needed(request: HttpRequest, why: str) -> str:
    """The same, where the book of acts needs one. Raises `RefusedError` saying `why`."""
    given = reason(request)
    if not given:
        raise verbs.RefusedError(why)
    return given


def page(request: HttpRequest, rows: Any) -> Page[Any]:  # noqa: ANN401 -- a query or a list
    """The page that was asked for; the first or the last for a number there is none of."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))


def download(digest: str, name: str) -> FileResponse:
    """Bytes to save, never to show: whatever they are, the browser is told nothing of it.

    Raises Http404 when the store does not hold them.
    """
    stored = verbs.store()
    if not digest or not stored.holds(digest):
        raise Http404
    return FileResponse(
        stored.path(digest).open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
