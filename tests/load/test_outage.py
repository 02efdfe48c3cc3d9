"""PostgreSQL stopped under load: clear pages meanwhile, everything back soon after, nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from campus import db as campus_db
from campus import schema
from campus.config import Settings
from campus.models import Account
from campus.web import make_app
from tests.harness.cluster import Cluster, make_cluster
from tests.harness.pages import Page
from tests.load.crowd import KEY, gunicorn, sign_everybody_in

FIELD = "/compte/moi/profil"
CLIENTS = 8
SLOWEST_S, RECOVERS_S = 5.0, 5.0
pytestmark = [pytest.mark.long, pytest.mark.postgresql, pytest.mark.timeout(600)]


@dataclass
class Seen:
    """What one person saw: each answer with its time, the last name that was acknowledged, what was not clear."""

    answers: list[tuple[float, int, float]] = field(default_factory=list)
    last: int = -1
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def cluster():
    """A cluster of its own, that may be stopped."""
    made = make_cluster()
    if made is None:
        pytest.fail("the binaries of PostgreSQL are not there, or refuse to start")
    yield made
    made.remove()


def name_of(number: int) -> str:
    """Write a number in letters, as names are: of two, the later one sorts later."""
    return "Personne " + "".join("abcdefghij"[int(digit)] for digit in f"{number:06d}")


def visit(port: int, headers: dict[str, str], seen: Seen, stop: threading.Event) -> None:
    """Read a page, then save a name with the next number, again and again."""
    number = 0
    while not stop.is_set():
        ask(port, "GET", "/formations/", headers, seen)
        status, page = ask(port, "POST", FIELD, headers, seen, name=name_of(number), locale="fr")
        if status == 303:
            seen.last = number
        elif status == 503 and name_of(number) not in page:
            seen.faults.append("what was typed is gone")
        number += 1


def ask(port: int, method: str, path: str, headers: dict[str, str], seen: Seen, **sent: str) -> tuple[int, str]:
    """Ask once, and note what an answer has to be."""
    line, started = http.client.HTTPConnection("127.0.0.1", port, timeout=60), time.monotonic()
    try:
        line.request(method, path, body=urlencode(sent), headers=headers)
        answer = line.getresponse()
        page = answer.read().decode()
    finally:
        line.close()
    seen.answers.append((time.monotonic(), answer.status, time.monotonic() - started))
    if answer.status == 500:
        seen.faults.append(page)
    if answer.status == 503:
        if not answer.headers["Retry-After"] or 'lang="fr"' not in page:
            seen.faults.append("a 503 without Retry-After, or not in French")
        Page(page)
    return answer.status, page


def outage(cluster: Cluster, port: int, people: list[dict[str, str]], away_s: float) -> tuple[list[Seen], float, float]:
    """Let people work, take the database away and bring it back; give what they saw, and when."""
    stop, seen = threading.Event(), [Seen() for _ in people]
    threads = [
        threading.Thread(target=visit, args=(port, headers, one, stop))
        for headers, one in zip(people, seen, strict=True)
    ]
    for each in threads:
        each.start()
    time.sleep(3)
    cluster.stop()
    gone = time.monotonic()
    time.sleep(away_s)
    cluster.start()
    back = time.monotonic()
    time.sleep(RECOVERS_S + 5)
    stop.set()
    for each in threads:
        each.join(60)
    return seen, gone, back


def test_the_database_may_go_away_for_half_a_minute(cluster):
    engine = campus_db.configure(cluster.url)
    schema.upgrade()
    app = make_app(Settings(database_url=cluster.url, secret_key=KEY))
    people = sign_everybody_in(app, CLIENTS)
    campus_db.session.remove()
    engine.dispose()
    with gunicorn(cluster.url, twin=False, workers=2) as port:
        seen, gone, back = outage(cluster, port, people, 30)
    with campus_db.transaction():
        named = {each.email: each.display_name for each in campus_db.session.scalars(select(Account))}
    campus_db.engine().dispose()

    answers = [each for one in seen for each in one.answers]
    meanwhile = [each for each in answers if gone < each[0] < back]
    late = max((at - back for at, status, _took in answers if at > back and status == 503), default=0.0)
    lost = [n for n, one in enumerate(seen) if one.last >= 0 and named[f"foule{n}@exemple.fr"] < name_of(one.last)]
    print(  # noqa: T201 (figures)
        f"\n{len(answers)} answers, {dict(Counter(status for _at, status, _took in answers))}; "
        f"{len(meanwhile)} while the database was away, the slowest {max(took for _at, _s, took in meanwhile):.2f} s; "
        f"the last 503 {late:.2f} s after it came back; {len(lost)} acknowledged names lost"
    )
    assert {status for _at, status, _took in answers} <= {200, 303, 503}
    assert {status for _at, status, _took in meanwhile} == {503}
    assert max(took for _at, _status, took in meanwhile) < SLOWEST_S
    assert late < RECOVERS_S
    assert not [fault for one in seen for fault in one.faults]
    assert not lost
