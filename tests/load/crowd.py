"""A crowd that wants the same seats at the same time: real server, real sockets, one person a cookie."""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert

from campus import clock, db
from campus.models import Account, AccountSession, Role, random_id
from campus.queries.accounts import digest
from campus.web import signed_in
from tests.harness.machine import ROOT

KEY = "a-key-for-the-load-only-that-is-long-enough"
CLIENTS, WORKERS = 16, 8
THREADS = CLIENTS  # whichever process takes the lines, all of them are served at once
LONGEST_S = 300
ONE_IN = 20


@dataclass
class Report:
    """What the crowd was answered, and how fast."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    took_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Count the answers a second."""
        return len(self.latencies) / self.took_s

    def percentile(self, share: float) -> float:
        """Give the latency that this share of the answers kept within, in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    def __str__(self) -> str:
        """Say it in one line."""
        p50, p95, p99 = (self.percentile(share) for share in (0.50, 0.95, 0.99))
        return (
            f"{len(self.latencies)} applications in {self.took_s:.1f} s: {self.per_second:.0f} a second, "
            f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, "
            f"longest {max(self.latencies) * 1000:.0f} ms, answers {dict(self.statuses)}"
        )


def sign_everybody_in(app: Flask, count: int) -> list[dict[str, str]]:
    """Make so many trainees with an open session each; give the headers that their browsers would send."""
    people = [{"id": random_id(), "email": f"foule{n}@exemple.fr", "display_name": f"Foule {n}"} for n in range(count)]
    tokens = [uuid.uuid4().hex for _ in people]
    db.session.execute(
        insert(Account), [{**each, "role": Role.TRAINEE, "confirmed_at": clock.now()} for each in people]
    )
    opened = zip(people, tokens, strict=True)
    sessions = [
        {"id": random_id(), "account_id": person["id"], "token_digest": digest(token)} for person, token in opened
    ]
    db.session.execute(insert(AccountSession), sessions)
    db.session.commit()
    return [headers_of(app, token) for token in tokens]


def headers_of(app: Flask, token: str) -> dict[str, str]:
    """Sign a cookie, and a CSRF token that goes with it, as the application does."""
    raw = uuid.uuid4().hex
    content = {signed_in.TOKEN: token, signed_in.SEEN: clock.now().timestamp(), "csrf_token": raw}
    signer = app.session_interface.get_signing_serializer(app)
    return {
        "Cookie": f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(content)}",
        "X-CSRFToken": URLSafeTimedSerializer(KEY, salt="wtf-csrf-token").dumps(raw),
        "Content-Type": "application/x-www-form-urlencoded",
    }


@contextmanager
def gunicorn(database_url: str, *, twin: bool, workers: int = WORKERS) -> Iterator[int]:
    """Serve the application, or its twin, with several processes; give the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as door:
        command = [
            *(sys.executable, "-m", "gunicorn", "tests.load.wsgi_for_load:app", "--bind", f"fd://{door.fileno()}"),
            *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(THREADS)),
            *("--preload", "--keep-alive", "30", "--timeout", "60", "--log-level", "error"),
        ]
        settings = {"CAMPUS_DATABASE_URL": database_url, "CAMPUS_SECRET_KEY": KEY, "CAMPUS_LOG_LEVEL": "CRITICAL"}
        environment = {**os.environ, **settings, "CAMPUS_ENV": "development", "PYTHONPATH": str(ROOT)}
        if twin:
            environment["CAMPUS_LOAD_TWIN"] = "1"
        with subprocess.Popen(command, pass_fds=[door.fileno()], env=environment, cwd=ROOT) as server:
            try:
                port = door.getsockname()[1]
                wait_for(port)
                yield port
            finally:
                server.terminate()


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with http_client(port) as line:
            try:
                line.request("GET", "/health/live")
                if line.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
    raise TimeoutError("the server does not answer")


@contextmanager
def http_client(port: int) -> Iterator[http.client.HTTPConnection]:
    """Keep one line to the server open."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        yield line
    finally:
        line.close()


def rush(port: int, path: str, people: list[dict[str, str]]) -> Report:
    """Let everybody apply at once, one in twenty with a double click; each line is kept alive."""
    attempts = [each for n, person in enumerate(people) for each in [person] * (1 + (n % ONE_IN == 0))]
    report, lock, gate = Report(), threading.Lock(), threading.Barrier(CLIENTS + 1)
    waiting = iter(attempts)

    def client() -> None:
        with http_client(port) as line:
            warm_up(line)
            gate.wait(LONGEST_S)
            while (headers := take(waiting, lock)) is not None:
                status, seconds = post(line, path, headers)
                with lock:
                    report.statuses[status] += 1
                    report.latencies.append(seconds)

    clients = [threading.Thread(target=client, daemon=True) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    gate.wait(LONGEST_S)
    started = time.perf_counter()
    for each in clients:
        each.join(LONGEST_S)
    report.took_s = time.perf_counter() - started
    return report


def warm_up(line: http.client.HTTPConnection) -> None:
    """Open the line and let the worker behind it load what it needs."""
    line.request("GET", "/health/live")
    line.getresponse().read()


def take(waiting: Iterator[dict[str, str]], lock: threading.Lock) -> dict[str, str] | None:
    """Take the next attempt of the crowd."""
    with lock:
        return next(waiting, None)


def post(line: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, float]:
    """Send one application, and time its answer."""
    started = time.perf_counter()
    line.request("POST", path, body=urlencode({"again": random.random()}), headers=headers)  # noqa: S311 (no secret)
    answer = line.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - started
