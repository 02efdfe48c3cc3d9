"""Four gunicorn workers keep an index each: a course published through one is in the answers of all."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import url_for
from sqlalchemy import insert, select

from campus import db as campus_db
from campus.config import Settings
from campus.models import Account, AccountSession, CourseState, Match, random_id
from campus.queries.accounts import digest
from campus.services.matches import match_need
from campus.web import make_app
from tests import make as builders
from tests.harness.machine import ROOT
from tests.load.crowd import KEY, headers_of, wait_for

WORKERS, CALLERS, WITHIN_S, LONGEST_S = 4, 16, 2.0, 60.0
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("load"), pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Site:
    """A server of several processes, and the log in which each request has its process."""

    port: int
    log: Path

    def ask(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
        """Ask on a line of its own, so that any process may answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, headers={**headers, "Connection": "close"})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def count(self) -> tuple[str, int]:
        """Ask how many courses whoever answers knows; give the mark of the request too."""
        mark = uuid.uuid4().hex
        status, said = self.ask("GET", f"/health/ready?marque={mark}", {})
        assert status == 200
        return mark, json.loads(said)["courses"]

    def processes(self) -> dict[str, str]:
        """Tell which process answered each marked request."""
        return {mark: pid for pid, mark in re.findall(r"^(\S+) .*marque=(\w+)", self.log.read_text(), re.MULTILINE)}


@contextmanager
def served(url: str, log: Path) -> Iterator[Site]:
    """Serve `wsgi:app` by four processes."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as door:
        command = [
            *(sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"fd://{door.fileno()}"),
            *("--workers", str(WORKERS), "--threads", "2", "--log-level", "error"),
            *("--access-logfile", str(log), "--access-logformat", "%(p)s %(r)s"),
        ]
        settings = {"CAMPUS_DATABASE_URL": url, "CAMPUS_SECRET_KEY": KEY, "CAMPUS_LOG_LEVEL": "CRITICAL"}
        environment = {**os.environ, **settings, "CAMPUS_ENV": "development", "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, pass_fds=[door.fileno()], env=environment, cwd=ROOT) as server:
            try:
                wait_for(door.getsockname()[1])
                yield Site(door.getsockname()[1], log)
            finally:
                server.terminate()


def signed_in(app, person: Account) -> dict[str, str]:
    """Give the headers of a browser in which this person is signed in."""
    token = uuid.uuid4().hex
    opened = {"id": random_id(), "account_id": person.id, "token_digest": digest(token)}
    campus_db.session.execute(insert(AccountSession), [opened])
    campus_db.session.commit()
    return headers_of(app, token)


def until_all_said(site: Site, within_s: float) -> dict[str, set[int]]:
    """Ask until every process has answered; give what each counted."""
    counts: dict[str, int] = {}
    until = time.monotonic() + within_s
    with ThreadPoolExecutor(CALLERS) as callers:
        while time.monotonic() < until:
            counts.update(callers.map(lambda _n: site.count(), range(CALLERS)))
            processes = site.processes()
            if len({processes[mark] for mark in counts if mark in processes}) == WORKERS:
                break
    said: dict[str, set[int]] = {}
    for mark, pid in site.processes().items():
        if mark in counts:
            said.setdefault(pid, set()).add(counts[mark])
    return said


@pytest.mark.parametrize("kind", BOTH)
def test_all_processes_answer_with_a_new_course_within_two_seconds(databases, tmp_path, kind):
    with databases.copy(kind, tmp_path / "workers.sqlite") as url:
        app = make_app(Settings(database_url=url, secret_key=KEY))
        skills = [builders.skill(label) for label in ("Souder un tube", "Lire un plan", "Régler une presse")]
        builders.course(skills)
        new = builders.course(skills, state=CourseState.DRAFT, occupations=[builders.occupation()])
        need = builders.need(skills=skills)
        match_need(need)
        headers = signed_in(app, builders.staff())
        with app.test_request_context():
            publish = url_for("staff.courses.publish", course_id=new.id)
        campus_db.close()
        with served(url, tmp_path / "access.log") as site:
            before = until_all_said(site, LONGEST_S)
            status, _page = site.ask("POST", publish, headers)
            started = time.monotonic()
            after = until_all_said(site, WITHIN_S)
            took = time.monotonic() - started
        answers = campus_db.session.scalars(select(Match.course_id).where(Match.need_id == need.id)).all()
    print(f"\n{kind}: {len(after)} processes knew the course {took:.2f} s after it was published")  # noqa: T201 (figures)
    assert (status, list(before.values())) == (303, [{1}] * WORKERS)
    assert list(after.values()) == [{2}] * WORKERS
    assert new.id in answers
