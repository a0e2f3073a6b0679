"""One process does all the work: a few beats, a pool of threads, the ledger's due rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Lock, Thread

from ledger import work
from ledger.models import Stage
from service.dropping import Watcher, watcher
from service.log import logger
from service.schedule import Schedule
from service.stages import do_step
from service.wiring import Wired

SWEEP = timedelta(seconds=1)
BURY = timedelta(seconds=15)
_AFTER_A_FALL = 5.0
"""Seconds."""


class Engine:
    """Offers what is due to a pool of threads, and again until it is done."""

    def __init__(self, office: Wired) -> None:
        """Make ready; nothing runs before `run`."""
        self._office = office
        self._threads = office.settings.workers
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="step")
        self._lock = Lock()
        self._running: set[tuple[Stage, int]] = set()
        self._stopping = False
        self._turn = 0
        self._schedule = Schedule(office)
        self._schedule.every(SWEEP, "sweep", self.sweep)
        self._schedule.every(BURY, "bury", lambda: work.bury(office.clock.now()))

    def offer(self, stage: Stage, row: int) -> None:
        """Wake an idle thread when the row's transaction stands."""
        del stage, row  # the sweep finds it, in its turn
        if len(self._running) < self._threads:
            work.after_commit(self.sweep)

    def run(self, stop: Event) -> None:
        """Take over what a dead process held, and work. The caller holds the house's lock."""
        work.release(self._office.clock.now())
        work.tell(self.offer)
        for mailbox in self._office.settings.mailboxes:
            collector = watcher(self._office, mailbox)
            about = (collector, stop)
            Thread(target=_collect, args=about, name=mailbox.name, daemon=True).start()
        self._schedule.start()
        stop.wait()
        self._stop()

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

    def _stop(self) -> None:
        """Begin nothing new, and let what runs come to its end."""
        with self._lock:
            self._stopping = True
        self._schedule.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, one: tuple[Stage, int]) -> None:
        try:
            work.refresh()
            do_step(*one, self._office)
        finally:
            with self._lock:
                self._running.discard(one)
        self.sweep()


def _collect(collector: Watcher, stop: Event) -> None:
    """Visit a mailbox to the end, also when the ledger itself cannot be reached for a while."""
    while not stop.is_set():
        work.refresh()
        try:
            collector.run(stop)
        except Exception as error:  # noqa: BLE001 -- without its thread a mailbox is never read again
            logger().error("collector_failed", error=type(error).__name__)
            stop.wait(_AFTER_A_FALL)
