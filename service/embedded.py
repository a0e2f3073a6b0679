"""One process does all the work: a few beats, a pool of threads, the ledger's due rows.

The only module that knows APScheduler (stack.md §4 has the reasons of its settings). Nothing of
value lives here: whatever a kill interrupts is still due in the ledger.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Lock

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

from ledger import troubles, work
from ledger.models import Stage
from service.housekeeping import sweep_up
from service.log import logger
from service.stages import do_step
from service.wiring import Wired

SWEEP_SECONDS = 1
BURY_SECONDS = 15
HOUSEKEEPING_HOURS = 24


class Engine:
    """Offers what is due to a pool of threads, and again until it is done."""

    def __init__(self, office: Wired) -> None:
        """Make ready; nothing runs before `start`."""
        self._office = office
        self._threads = office.settings.workers
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="step")
        self._lock = Lock()
        self._running: set[tuple[Stage, int]] = set()
        self._stopping = False
        self._turn = 0
        self._beats = BackgroundScheduler(
            timezone="Asia/Ho_Chi_Minh",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._failing: set[str] = set()
        self._beats.add_listener(self._beat_failed, EVENT_JOB_ERROR)
        self._beats.add_listener(self._beat_went_well, EVENT_JOB_EXECUTED)

    def start(self) -> None:
        """Take over what a dead process held, and begin. The caller holds the house's lock."""
        now = self._office.clock.now()
        work.release(now)
        for name, beat, every in (
            ("sweep", self.sweep, timedelta(seconds=SWEEP_SECONDS)),
            ("bury", self._bury, timedelta(seconds=BURY_SECONDS)),
            ("housekeeping", self._housekeeping, timedelta(hours=HOUSEKEEPING_HOURS)),
        ):
            self._add(name, beat, every, now)
        self._beats.start()

    def stop(self) -> None:
        """Begin nothing new, and let what runs come to its end."""
        with self._lock:
            self._stopping = True
        self._beats.shutdown(wait=False)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def sweep(self) -> None:
        """Offer due rows to idle threads, beginning with another stage each time."""
        due = work.due(self._office.clock.now(), limit=2 * self._threads)
        with self._lock:
            self._turn += 1
            first = self._turn % max(len(due), 1)
            for one in (*due[first:], *due[:first]):
                if self._stopping or len(self._running) >= self._threads:
                    return
                if one not in self._running:
                    self._running.add(one)
                    self._pool.submit(self._run, one)

    def _run(self, one: tuple[Stage, int]) -> None:
        try:
            work.refresh()
            do_step(*one, self._office)
        finally:
            with self._lock:
                self._running.discard(one)
        self.sweep()

    def _add(self, name: str, beat: Callable[[], None], every: timedelta, first: datetime) -> None:
        self._beats.add_job(
            beat, "interval", seconds=every.total_seconds(), id=name, next_run_time=first
        )

    def _bury(self) -> None:
        work.bury(self._office.clock.now())

    def _housekeeping(self) -> None:
        sweep_up(self._office)

    def _beat_failed(self, event: JobExecutionEvent) -> None:
        """An exception in a beat would only be a line in a log nobody reads."""
        logger().error("beat_failed", beat=event.job_id, error=type(event.exception).__name__)
        self._failing.add(event.job_id)
        troubles.begin("beat", event.job_id, repr(event.exception), self._office.clock.now())

    def _beat_went_well(self, event: JobExecutionEvent) -> None:
        if event.job_id in self._failing:
            self._failing.discard(event.job_id)
            troubles.end("beat", event.job_id, self._office.clock.now())
