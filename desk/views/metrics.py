"""`/metrics` for Prometheus: the only module that knows its library. Counts, never contents."""

import hmac
import shutil
from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from config.settings import load
from ledger.figures import Figures, figures

_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything counted now, for this very machine or for who shows the token."""
    if not _is_allowed(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Counted(figures(), shutil.disk_usage(load().data_folder).free))
    return HttpResponse(generate_latest(registry), content_type=_TYPE)


def _is_allowed(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not forwarded


class _Counted(Collector):
    """The figures in Prometheus's words."""

    def __init__(self, counted: Figures, free: int) -> None:
        self._counted = counted
        self._free = free

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Give every figure with its labels."""
        counted = self._counted
        yield from self._folders()
        yield _family("vanthu_mails", "Mails by triage", ["triage"], counted.mails)
        yield _family("vanthu_dossiers", "Dossiers", ["call", "state"], counted.dossiers)
        yield _family("vanthu_letters", "Letters of ours", ["kind", "state"], counted.letters)
        yield _family("vanthu_waiting", "Rows that wait for a step", ["stage"], counted.waiting)
        yield _family(
            "vanthu_set_aside", "Rows that failed three times", ["stage"], counted.set_aside
        )
        yield _family("vanthu_troubles", "What fails now", ["what"], counted.troubles)
        due: dict[tuple[str, ...], float] = {
            (stage,): at.timestamp() for stage, at in counted.oldest_due.items()
        }
        yield _family(
            "vanthu_oldest_due_timestamp_seconds", "Since when the oldest waits", ["stage"], due
        )
        yield GaugeMetricFamily(
            "vanthu_disk_free_bytes", "Room left for the data folder", value=self._free
        )

    def _folders(self) -> Iterator[GaugeMetricFamily]:
        labels = ["account", "folder"]
        lost: dict[tuple[str, ...], float] = {
            (one.account, one.folder): one.unaccounted for one in self._counted.folders
        }
        seen: dict[tuple[str, ...], float] = {
            (one.account, one.folder): one.visited_at.timestamp()
            for one in self._counted.folders
            if one.visited_at
        }
        said = "Mails in a watched folder without a row; 0, or somebody must look"
        yield _family("vanthu_unaccounted_mails", said, labels, lost)
        said = "The last visit that saw everything"
        yield _family("vanthu_last_visit_timestamp_seconds", said, labels, seen)


def _family(
    name: str, said: str, labels: list[str], values: Mapping[tuple[str, ...], float]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, said, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(key, value)
    return family
