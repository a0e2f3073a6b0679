"""Many machines do the work: PostgreSQL carries it, the ledger stays the truth.

The only module that knows Procrastinate. A job says which row, nothing else; it is offered in the
transaction that makes the row due. A job that is lost, doubled or dead costs seconds: the sweep of
every machine offers what is due again, and the claim in the ledger lets one do it (stack.md §1).
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Lock
from typing import Any

from procrastinate import App, JobContext
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status
from procrastinate.psycopg_connector import PsycopgConnector

from ledger import work
from ledger.models import Stage
from service.dropping import watcher
from service.log import logger
from service.schedule import Schedule
from service.stages import do_step
from service.wiring import Wired

SWEEP = timedelta(seconds=2)
BURY = timedelta(seconds=5)
HEARTBEAT = timedelta(seconds=3)
DEAD = timedelta(seconds=15)
"""A worker that was not heard of for so long is taken for dead, and others do its work."""
POLLING = timedelta(seconds=2)
"""How long a lost notification may delay a job."""
MOST_AT_ONCE = 40
"""Rows of one stage that a sweep offers; the others follow."""

_STEP, _COLLECT = "step", "collect"
_STEPS, _MAILBOXES = "steps", "mailboxes"
_ONE_AT_A_TIME = frozenset({Stage.PLACE, Stage.SEND})
"""Mails are placed one after the other, and one sender speaks to the mail server."""
_WAITING = """
SELECT queueing_lock FROM procrastinate_jobs
WHERE status = 'todo' AND queueing_lock = ANY(%(names)s)
"""
_RUNNING = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND id = ANY(%(ids)s)"


class EngineStoppedError(Exception):
    """The worker ended by itself: the database was lost. Whoever started it starts it again."""


class Queue:
    """Where jobs are offered; all that a process needs which only serves the desk."""

    def __init__(self) -> None:
        """Speak through Django's own connection, so that an offer stands or falls with its row."""
        self._app = App(connector=DjangoConnector())

    def offer(self, stage: Stage, row: int) -> None:
        """Hear that a row is due, inside the transaction that makes it so."""
        self.offer_all([(stage, row)])

    def offer_all(self, due: Iterable[tuple[Stage, int]]) -> None:
        """Offer rows that no job waits for yet."""
        named = {f"{stage.value}:{row}": (stage, row) for stage, row in due}
        for name in self._without_job(list(named)):
            stage, row = named[name]
            lock = stage.value if stage in _ONE_AT_A_TIME else name
            self._defer(_STEP, _STEPS, name, lock, stage=stage.value, row=row)

    def offer_mailboxes(self, names: Sequence[str]) -> None:
        """Offer every mailbox to whoever visits it next, should its visitor die."""
        for name in self._without_job([f"mailbox:{one}" for one in names]):
            mailbox = name.partition(":")[2]
            self._defer(_COLLECT, _MAILBOXES, name, name, mailbox=mailbox)

    def running(self, jobs: Iterable[int]) -> frozenset[int]:
        """Those of the jobs that their worker may still go on with."""
        found = self._app.connector.execute_query_all(_RUNNING, ids=list(jobs))
        return frozenset(row["id"] for row in found)

    def _without_job(self, names: list[str]) -> list[str]:
        found = self._app.connector.execute_query_all(_WAITING, names=names)
        waiting = {row["queueing_lock"] for row in found}
        return [name for name in names if name not in waiting]

    def _defer(self, task: str, queue: str, name: str, lock: str, **about: str | int) -> None:
        """`name` waits once; of those that share a `lock` one runs at a time."""
        job = self._app.configure_task(task, queue=queue, lock=lock, queueing_lock=name)
        try:
            with work.apart():
                job.defer(**about)
        except AlreadyEnqueued:  # another machine was faster
            return


class Engine(Queue):
    """Works on what is offered, beats like every other machine, and takes over from the dead."""

    def __init__(self, office: Wired) -> None:
        """Make ready; nothing runs before `run`."""
        super().__init__()
        self._office = office
        self._mailboxes = {one.name: one for one in office.settings.mailboxes}
        self._lock = Lock()
        self._visits: dict[int, Event] = {}
        """The mailboxes visited here: the job, and what ends the visit."""
        self._closing = False
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
        self._worker = App(connector=connector)
        self._worker.task(name=_STEP, pass_context=True)(self._step)
        self._worker.task(name=_COLLECT, pass_context=True)(self._collect)

    def run(self, stop: Event) -> None:
        """Work until told to stop. Raises `EngineStoppedError` when the database is lost."""
        work.tell(self.offer)
        asyncio.run(self._run(stop))
        if not stop.is_set():
            raise EngineStoppedError

    async def _run(self, stop: Event) -> None:
        loop = asyncio.get_running_loop()
        threads = self._office.settings.workers + len(self._mailboxes) + 2
        loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="step"))
        schedule = Schedule(self._office)
        schedule.every(SWEEP, "sweep", self.sweep)
        schedule.every(BURY, "bury", lambda: self._bury(loop))
        async with self._worker.open_async():
            schedule.start()
            working = [asyncio.create_task(one) for one in self._work()]
            told = asyncio.create_task(asyncio.to_thread(_wait, stop, working))
            await asyncio.wait([*working, told], return_when=asyncio.FIRST_COMPLETED)
            schedule.stop()
            self._closing = True
            self._end_visits(self._visits)
            for one in working:
                one.cancel()  # it begins nothing new, and lets what runs come to its end
            await asyncio.gather(*working, told, return_exceptions=True)

    def _work(self) -> Iterable[Coroutine[Any, Any, None]]:
        """A mailbox keeps its thread for hours; steps must not stand behind it."""
        for queue, at_once in ((_STEPS, self._office.settings.workers), (_MAILBOXES, 8)):
            yield self._worker.run_worker_async(
                queues=[queue],
                name=queue,
                concurrency=at_once,
                fetch_job_polling_interval=POLLING.total_seconds(),
                update_heartbeat_interval=HEARTBEAT.total_seconds(),
                stalled_worker_timeout=DEAD.total_seconds(),
                delete_jobs="always",
                install_signal_handlers=False,
            )

    def sweep(self) -> None:
        """Offer what is due: covers a lost job, a lost notification, a dead worker."""
        self.offer_all(work.due(self._office.clock.now(), limit=MOST_AT_ONCE))
        self.offer_mailboxes(list(self._mailboxes))

    def _step(self, context: JobContext, *, stage: str, row: int) -> None:
        work.refresh()
        do_step(Stage(stage), row, self._office, by=_holder(context.job.id))

    def _collect(self, context: JobContext, *, mailbox: str) -> None:
        """Visit a mailbox for as long as this worker lives and the job is its own."""
        work.refresh()
        job, end = context.job.id or 0, Event()
        with self._lock:
            if self._closing:
                return
            self._visits[job] = end
        try:
            watcher(self._office, self._mailboxes[mailbox]).run(end)
        finally:
            with self._lock:
                del self._visits[job]

    def _bury(self, loop: asyncio.AbstractEventLoop) -> None:
        """Set aside what failed three times, and delete the jobs of the dead.

        They are never retried: the sweep's next offer may wait already, and the two would block
        each other for good (stack.md §1.3).
        """
        dead = asyncio.run_coroutine_threadsafe(self._delete_dead(), loop).result()
        self._free(dead)
        work.bury(self._office.clock.now())
        visited = tuple(self._visits)
        lost = set(visited) - self.running(visited)
        self._end_visits(lost)

    async def take_over(self) -> None:
        """Look once for dead workers, and make due what they held."""
        async with self._worker.open_async():
            dead = await self._delete_dead()

        def freed() -> None:
            self._free(dead)
            work.let_go()

        await asyncio.to_thread(freed)

    def _free(self, dead: Iterable[tuple[Stage, int, int]]) -> None:
        now = self._office.clock.now()
        for stage, row, job in dead:
            work.free(stage, row, _holder(job), now)

    async def _delete_dead(self) -> list[tuple[Stage, int, int]]:
        """Give the rows that dead workers held."""
        manager = self._worker.job_manager
        rows = []
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD.total_seconds()):
            logger().warning("dead_worker", job=job.id, task=job.task_name)
            if job.id is not None:
                await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)
                if job.task_name == _STEP:
                    about = job.task_kwargs
                    rows.append((Stage(str(about["stage"])), int(str(about["row"])), job.id))
        return rows

    def _end_visits(self, jobs: Iterable[int]) -> None:
        """Another worker may be at these mailboxes by now, or this one is told to stop."""
        with self._lock:
            for job in tuple(jobs):
                if job in self._visits:
                    self._visits[job].set()


def _holder(job: int | None) -> str:
    """The beginning of every claim that a job makes."""
    return f"job{job}."


def _wait(stop: Event, working: Sequence["asyncio.Task[None]"]) -> None:
    """Wait in a thread until told to stop, or until a worker has ended."""
    while not stop.wait(1.0) and not any(one.done() for one in working):
        pass
