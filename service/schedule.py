"""What happens every so often in every process that works: the only module that knows APScheduler.

stack.md §4 has the reasons of the settings. Nothing of value lives here: whatever a kill
interrupts is still due in the ledger. Every beat may run in many processes at once.
"""

from collections.abc import Callable
from datetime import timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

from ledger import troubles, work
from service.alarms import watch_over
from service.clock import SystemClock
from service.housekeeping import sweep_up
from service.log import logger
from service.reminding import remind_units
from service.wiring import Wired

HOUSEKEEPING = timedelta(hours=24)
REMINDERS = timedelta(minutes=1)
ALARMS = timedelta(minutes=1)


class Schedule:
    """A handful of beats; one that fails becomes a trouble people see, and goes on beating."""

    def __init__(self, office: Wired) -> None:
        """Beat nothing yet but what every office needs."""
        self._office = office
        self._failing: set[str] = set()
        self._beats = BackgroundScheduler(
            timezone="Asia/Ho_Chi_Minh",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._beats.add_listener(self._failed, EVENT_JOB_ERROR)
        self._beats.add_listener(self._went_well, EVENT_JOB_EXECUTED)
        self.every(HOUSEKEEPING, "housekeeping", lambda: sweep_up(office))
        self.every(REMINDERS, "reminders", lambda: remind_units(office))
        since = office.clock.now()
        self.every(ALARMS, "alarms", lambda: watch_over(office, since))

    def every(self, span: timedelta, name: str, beat: Callable[[], object]) -> None:
        """Call a function so often, for the first time when the schedule starts."""

        def beaten() -> None:
            work.refresh()
            beat()

        self._beats.add_job(
            beaten,
            "interval",
            seconds=span.total_seconds(),
            id=name,
            next_run_time=SystemClock().now(),
        )

    def start(self) -> None:
        """Begin."""
        self._beats.start()

    def stop(self) -> None:
        """Begin no beat any more."""
        self._beats.shutdown(wait=False)

    def _failed(self, event: JobExecutionEvent) -> None:
        """An exception in a beat would only be a line in a log nobody reads."""
        logger().error("beat_failed", beat=event.job_id, error=type(event.exception).__name__)
        self._failing.add(event.job_id)
        troubles.begin("beat", event.job_id, repr(event.exception), self._office.clock.now())

    def _went_well(self, event: JobExecutionEvent) -> None:
        if event.job_id in self._failing:
            troubles.end("beat", event.job_id, self._office.clock.now())
            self._failing.discard(event.job_id)
