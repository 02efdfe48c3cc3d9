"""The worker: looks at the clock, carries out jobs, sends mails, until it is asked to stop.

Plans are searched in a thread of their own, for half a minute each: jobs and mails wait for none of them. The solver
works outside Python's lock, so that the other thread goes on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from campus import db
from campus.mailer import NoMailServer, smtp_transport
from campus.services import jobs
from campus.tasks.clockwork import tick
from campus.tasks.jobs import run_due
from campus.tasks.mails import mails_wait, send_due
from campus.tasks.plans import run_due_plan

log = structlog.get_logger(__name__)
AT_ONCE = 50
ASK_AGAIN_S = 10.0
LAST_WORDS_S = 5.0  # what a search takes at most to give itself back


@dataclass
class Worker:
    """One worker; as many as one likes may run on one database. Without a mail server the mails wait."""

    smtp_url: str = ""
    lease: timedelta = jobs.LEASE
    pause_s: float = 1.0
    _mails_after: float = 0.0

    def run(self, stop: threading.Event) -> None:
        """Work until asked to stop, long searches beside the rest; a database that is away is waited for."""
        searching = threading.Thread(target=self._search_plans, args=(stop,), name="plans", daemon=True)
        searching.start()
        self._again_and_again(self.turn, stop)
        searching.join(timeout=LAST_WORDS_S)

    def _search_plans(self, stop: threading.Event) -> None:
        try:
            self._again_and_again(lambda stop: run_due_plan(stopping=stop.is_set), stop)
        finally:
            db.close()

    def _again_and_again(self, work: Callable[[threading.Event], bool], stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                busy = work(stop)
            except DBAPIError as error:
                log.warning("worker waits for the database", error=str(error.orig))
                busy = False
            if not busy:
                stop.wait(self.pause_s)

    def turn(self, stop: threading.Event) -> bool:
        """Look at the clock, then do some of what is due; tell whether there was anything."""
        tick()
        ran = run_due(limit=AT_ONCE, lease=self.lease, stopping=stop.is_set)
        return bool(ran.done + ran.failed) | self._send(stop)

    def _send(self, stop: threading.Event) -> bool:
        if not self.smtp_url or time.monotonic() < self._mails_after or not mails_wait():
            return False
        try:
            with smtp_transport(self.smtp_url) as transport:
                sent = send_due(transport, limit=AT_ONCE, lease=self.lease, stopping=stop.is_set)
        except NoMailServer as refusal:
            log.warning("worker waits for the mail server", error=refusal.message)
            self._mails_after = time.monotonic() + ASK_AGAIN_S
            return False
        return bool(sent.sent + sent.failed)


@contextmanager
def beside(worker: Worker) -> Iterator[None]:
    """Let a worker run in a thread of this process for as long as the block runs: the demo and `campus serve`."""
    stop = threading.Event()
    thread = threading.Thread(target=_in_thread, args=(worker, stop), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _in_thread(worker: Worker, stop: threading.Event) -> None:
    try:
        worker.run(stop)
    finally:
        db.close()
