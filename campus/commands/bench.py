"""`campus bench`: how long the main pages take, beside a bare page on the same database."""

from __future__ import annotations

import json
import math
import re
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import click
from sqlalchemy import Engine, event, func, select

from campus import create_app, db
from campus.commands.bench_pages import DEMAND, REPORTS
from campus.config import read_settings
from campus.demo import content
from campus.models import (
    Account,
    AccountSession,
    Course,
    CourseState,
    Enrolment,
    Membership,
    MembershipState,
    Need,
    NeedAnswer,
    NeedState,
    Occupation,
    Role,
    Skill,
)
from campus.queries.understanding import warm_up
from campus.services.sessions import open_session_for, sign_out
from campus.web.bare import make_bare_app
from campus.web.signed_in import SEEN, TOKEN

WARM_UP = 3
HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")
BARE = "page nue (SELECT 1)"
STEP = "/entreprise/besoins/nouveau/1"
PAUSE_EVERY = 12
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Page:
    """A page to time: its name, its address, the role of who opens it, and what is typed there, text after text."""

    name: str
    address: str
    role: Role | None = None
    typed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timing:
    """What was measured of a page; `cpu_ms` is this process's own work, whatever else the machine does."""

    page: str
    status: int
    queries: int
    median_ms: float
    p95_ms: float
    cpu_ms: float = 0.0
    ratio: float = 1.0


@click.command()
@click.option("--runs", default=30, show_default=True, type=click.IntRange(min=1), help="Mesures comptées par page.")
@click.option("--only", default="", help="Les seules pages dont le nom contient ce mot.")
@click.option("--json", "as_json", is_flag=True, help="Écrit les mesures en JSON.")
def bench(runs: int, only: str, as_json: bool) -> None:
    """Time each main page on the configured database, beside a bare page in the same run."""
    settings = replace(read_settings(), production=False, secure_cookies=False, host="", log_level="ERROR")
    app = create_app(settings)
    warm_up()
    bare = make_bare_app(db.engine()).test_client()
    need, course = chosen_need(), chosen_course()
    with signed_in(app, people(need)) as clients, counted() as seen:
        timings = measure(pages(need, course, only), clients, bare=bare, runs=runs, seen=seen)
    figures = {"runs": runs, "peak_rss_mb": round(peak_rss_mb()), **sizes()}
    if as_json:
        click.echo(json.dumps({**figures, "pages": [asdict(each) for each in timings]}, ensure_ascii=False, indent=2))
    else:
        show(timings, figures)


def chosen_need() -> Need:
    """Take an answered need of the organisation that has published most."""
    busiest = (
        select(Need.organisation_id)
        .join(NeedAnswer, NeedAnswer.need_id == Need.id)
        .where(Need.state == NeedState.PUBLISHED)
        .group_by(Need.organisation_id)
        .order_by(func.count().desc(), Need.organisation_id)
        .limit(1)
    )
    answered = select(Need).join(NeedAnswer, NeedAnswer.need_id == Need.id).where(Need.state == NeedState.PUBLISHED)
    found = db.session.scalar(
        answered.where(Need.organisation_id == busiest.scalar_subquery()).order_by(Need.reference)
    )
    if found is None:
        raise click.ClickException("Aucun besoin publié à mesurer : chargez d'abord « campus demo --only-load ».")
    return found


def chosen_course() -> uuid.UUID:
    """Take the first published course."""
    found = db.session.scalar(select(Course.id).where(Course.state == CourseState.PUBLISHED).order_by(Course.title))
    if found is None:
        raise click.ClickException("Aucune formation publiée à mesurer.")
    return found


def people(need: Need) -> list[Account]:
    """Choose one person per role: who acts for the need's firm, a trainee who has applied, staff, an observer."""
    active = select(Account).where(Account.disabled_at.is_(None)).order_by(Account.email).limit(1)
    granted = select(Membership.account_id).where(
        Membership.organisation_id == need.organisation_id, Membership.state == MembershipState.GRANTED
    )
    wanted = (
        active.where(Account.role == Role.EMPLOYER, Account.id.in_(granted)),
        active.where(Account.role == Role.TRAINEE)
        .order_by(None)
        .order_by(Account.id.in_(select(Enrolment.account_id)).desc(), Account.email),
        active.where(Account.role == Role.STAFF),
        active.where(Account.role == Role.OBSERVER),
    )
    return [person for query in wanted if (person := db.session.scalar(query)) is not None]


def pages(need: Need, course: uuid.UUID, only: str = "") -> list[Page]:
    """List the main pages, or those whose name has a word."""
    firm, trainee, staff = Role.EMPLOYER, Role.TRAINEE, Role.STAFF
    listed = [
        Page("accueil", "/"),
        Page("catalogue", "/formations/"),
        Page("catalogue, recherche", "/formations/?q=conducteur"),
        Page("formation", f"/formations/{course}"),
        Page("entreprise : besoins", "/entreprise/besoins/", firm),
        Page("entreprise : besoin et réponse", f"/entreprise/besoins/{need.id}", firm),
        Page("entreprise : saisie, étape 1", STEP, firm),
        Page("entreprise : propositions", f"{STEP}/propositions", firm, typed=growing(content.ADVERT)),
        Page("liste des métiers", "/recherche/metiers?q=conductr+de+lig"),
        Page("liste des compétences", "/recherche/competences?q=assurer+tracabilte"),
        Page("stagiaire : parcours", "/parcours/", trainee),
        Page("stagiaire : compétences", "/parcours/competences/", trainee),
        Page("stagiaire : conseils", "/parcours/conseils/", trainee),
        Page("équipe : à traiter", "/campus/a-traiter/", staff),
        Page("équipe : besoins", "/campus/besoins/", staff),
        Page("équipe : candidatures", "/campus/candidatures/", staff),
        Page("équipe : formations", "/campus/formations/", staff),
        Page("observateurs : demande", "/indicateurs/demande/", Role.OBSERVER),
        Page("observateurs : demande, bassins", "/indicateurs/demande/?par=bassin", Role.OBSERVER),
        *[Page(name, address, staff) for name, address in (DEMAND | REPORTS).items()],
        Page("observateurs : bilan", "/indicateurs/bilan/", Role.OBSERVER),
    ]
    return [page for page in listed if only in page.name]


def growing(text: str) -> tuple[str, ...]:
    """Give a text as it stands at each pause of who types it."""
    return tuple(text[:end] for end in range(PAUSE_EVERY, len(text) + PAUSE_EVERY, PAUSE_EVERY))


@contextmanager
def signed_in(app: Any, accounts: list[Account]) -> Iterator[dict[Role | None, Any]]:
    """Give a browser per role, and one of nobody; their sessions are ended afterwards."""
    keys = [account.id for account in accounts]
    db.close()
    with db.transaction():
        opened = [(account.role, *_open(account)) for account in (db.session.get_one(Account, key) for key in keys)]
    clients: dict[Role | None, Any] = {None: app.test_client()}
    # Each cookie is written in a request's context, whose end closes the database's session: not in the transaction.
    for role, _key, token in opened:
        clients[role] = app.test_client()
        with clients[role].session_transaction() as cookie:
            cookie.update({TOKEN: token, SEEN: time.time()})
    try:
        yield clients
    finally:
        with db.transaction():
            for _role, key, _token in opened:
                sign_out(db.session.get_one(AccountSession, key))


def _open(account: Account) -> tuple[uuid.UUID, str]:
    row, token = open_session_for(account, user_agent="campus bench")
    return row.id, token


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(HOUSEKEEPING):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def measure(
    listed: list[Page], clients: dict[Role | None, Any], *, bare: Any, runs: int, seen: list[str]
) -> list[Timing]:
    """Time each page, each run followed by one of the bare page."""
    timings: list[Timing] = []
    beside: list[float] = []
    for page in listed:
        if page.role not in clients:
            raise click.ClickException(f"Personne n'a le rôle « {page.role} » dans cette base.")
        took, worked = list[float](), list[float]()
        status = queries = 0
        for run in range(WARM_UP + runs):
            seen.clear()
            began = time.process_time()
            spent, status = timed(clients[page.role], page, run)
            busy, queries = (time.process_time() - began) * 1000, len(seen)
            spent_bare, _status = timed(bare, Page(BARE, "/"), run)
            if run >= WARM_UP:
                took.append(spent)
                worked.append(busy)
                beside.append(spent_bare)
        timings.append(
            Timing(page.name, status, queries, statistics.median(took), p95(took), statistics.median(worked))
        )
    base = Timing(BARE, 200, 1, statistics.median(beside), p95(beside))
    return [base, *(replace(each, ratio=each.p95_ms / base.p95_ms) for each in timings)]


def timed(client: Any, page: Page, run: int) -> tuple[float, int]:
    """Open a page, or send what is typed there; give the milliseconds it took and its status."""
    form = {"csrf_token": token_of(client), "advert": page.typed[run % len(page.typed)]} if page.typed else None
    started = time.perf_counter()
    answer = client.post(page.address, data=form, headers=HTMX) if form else client.get(page.address)
    answer.get_data()
    return (time.perf_counter() - started) * 1000, answer.status_code


def token_of(client: Any) -> str:
    """Take the token against forgery off the first step of the wizard."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(STEP).text)
    return found[1] if found else ""


def p95(values: list[float]) -> float:
    """Give the value that 95 in 100 do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def peak_rss_mb() -> float:
    """Give the most memory this process has held, in mebibytes; macOS counts bytes where Linux counts kibibytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def sizes() -> dict[str, int]:
    """Count what the database holds."""
    counted_models = {"occupations": Occupation, "skills": Skill, "needs": Need, "courses": Course, "people": Account}
    found = {word: db.session.scalar(select(func.count()).select_from(m)) or 0 for word, m in counted_models.items()}
    db.close()
    return found


def show(timings: list[Timing], figures: dict[str, int]) -> None:
    """Print the table, then the memory and the sizes."""
    click.echo(
        f"{'page':<32} {'statut':>6} {'requêtes':>8} {'médiane ms':>10} {'p95 ms':>8} {'calcul ms':>9} {'x nue':>6}"
    )
    for each in timings:
        click.echo(
            f"{each.page:<32} {each.status:>6} {each.queries:>8} {each.median_ms:>10.1f} "
            f"{each.p95_ms:>8.1f} {each.cpu_ms:>9.1f} {each.ratio:>6.1f}"
        )
    click.echo(
        f"Mémoire au plus haut : {figures['peak_rss_mb']} Mio ; référentiel : {figures['occupations']} métiers, "
        f"{figures['skills']} compétences ; {figures['needs']} besoins, {figures['courses']} formations, "
        f"{figures['people']} comptes ; {figures['runs']} mesures par page."
    )
