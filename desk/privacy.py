"""The desk's pages hold names, letters and files of others: no browser keeps them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers


class KeepNothing:
    """Middleware: after the officer left, “back” shows the login, on a shared computer too.

    It stands after WhiteNoise, so that the stylesheet is still kept.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the next in line."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say that the answer is nobody's to keep."""
        response = self._answer(request)
        add_never_cache_headers(response)
        return response
