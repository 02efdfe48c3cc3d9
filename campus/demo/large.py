"""A large campus, generated: the shapes of the real thing, and the same rows for the same seed."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from campus import clock, db
from campus.demo.content import PASSWORD
from campus.models import (
    Account,
    Base,
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    Enrolment,
    Membership,
    Need,
    NeedPost,
    NeedSkill,
    Occupation,
    OccupationSkill,
    Organisation,
    random_id,
)
from campus.models.territory import Commune
from campus.passwords import hash_password
from campus.queries.referentials import latest_version
from campus.services import matches
from campus.services.revisions import bump

Row = dict[str, Any]
Progress = Callable[[str, int, int], None]
Table = tuple[str, type[Base], list[Row]]
SEED = 28085
BATCH = 5000
MATCH_BATCH = 100
KINDS_OF_TRADE = 240


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    needs: int = 5_000
    courses: int = 1_000
    sessions: int = 3_000
    trainees: int = 20_000
    organisations: int = 400


@dataclass(frozen=True)
class Trade:
    """An occupation, its title and the skills of its sheet."""

    id: int
    label: str
    skills: tuple[int, ...]


def generate(size: Size, progress: Progress, *, seed: int = SEED) -> None:
    """Write a large campus beside what is there, in the caller's transaction."""
    maker = Maker(size, random.Random(seed))  # noqa: S311 (made-up data, the same for the same seed)
    for table in maker.tables():
        _write(table, progress)
    db.session.flush()
    bump("catalogue")
    ids = maker.need_ids
    for start in range(0, len(ids), MATCH_BATCH):
        matches.match_all(ids[start : start + MATCH_BATCH])
        db.session.expire_all()
        db.session.expunge_all()
        progress("Rapprochements", min(start + MATCH_BATCH, len(ids)), len(ids))


def _write(table: Table, progress: Progress) -> None:
    name, model, rows = table
    for start in range(0, len(rows), BATCH):
        db.session.execute(insert(model), rows[start : start + BATCH])
        progress(name, min(start + BATCH, len(rows)), len(rows))


class Maker:
    """Makes the rows, each table after those that it points to."""

    def __init__(self, size: Size, luck: random.Random) -> None:
        self.size, self.luck = size, luck
        self.trades = self._trades()
        self.communes = list(db.session.scalars(select(Commune.code).order_by(Commune.code).limit(400)))
        self.version = getattr(latest_version(), "id", None)
        self.hashed = hash_password(PASSWORD)
        self.need_ids: list[uuid.UUID] = []
        self.accounts: list[uuid.UUID] = []

    def _trades(self) -> list[Trade]:
        """Take the trades whose sheet has enough skills; the first are the most asked."""
        sheets: dict[int, list[int]] = defaultdict(list)
        core = select(OccupationSkill.occupation_id, OccupationSkill.skill_id).order_by(
            OccupationSkill.occupation_id, OccupationSkill.core.desc(), OccupationSkill.skill_id
        )
        for occupation_id, skill_id in db.session.execute(core):
            sheets[occupation_id].append(skill_id)
        labels = db.session.execute(select(Occupation.id, Occupation.label).order_by(Occupation.code)).all()
        found = [Trade(key, label, tuple(sheets[key][:20])) for key, label in labels if len(sheets[key]) >= 6]
        self.luck.shuffle(found)
        return found[:KINDS_OF_TRADE]

    def trade(self) -> Trade:
        """Choose a trade; a few are asked often, many seldom."""
        return self.trades[min(int(self.luck.paretovariate(0.8)) - 1, len(self.trades) - 1)]

    def stamps(self, days: int = 60) -> Row:
        """Give the times of a row made in the last days."""
        at = clock.now() - timedelta(minutes=self.luck.randrange(days * 1440))
        return {"created_at": at, "updated_at": at}

    def tables(self) -> Iterator[Table]:
        """Give the rows table by table."""
        organisations = [self._organisation(n) for n in range(self.size.organisations)]
        yield "Entreprises", Organisation, organisations
        employers = [self._account(n, "employer", "entreprise") for n in range(self.size.organisations)]
        trainees = [self._account(n, "trainee", "stagiaire") for n in range(self.size.trainees)]
        yield "Comptes", Account, employers + trainees
        yield "Rattachements", Membership, self._memberships(employers, organisations)
        yield from self._course_tables(trainees)
        yield from self._need_tables(organisations, employers)

    def _organisation(self, n: int) -> Row:
        return {
            "id": random_id(),
            "siret": f"8{n:013d}",
            "name": f"Établissement {n + 1}",
            "naf": "2042Z",
            "commune_code": self.luck.choice(self.communes),
            "state": "verified",
            **self.stamps(),
        }

    def _account(self, n: int, role: str, word: str) -> Row:
        return {
            "id": random_id(),
            "email": f"{word}.{n}@grand.campus",
            "display_name": f"{word.capitalize()} {n}",
            "role": role,
            "password_hash": self.hashed,
            "confirmed_at": clock.now(),
            **self.stamps(),
        }

    def _memberships(self, employers: list[Row], organisations: list[Row]) -> list[Row]:
        return [
            {
                "id": random_id(),
                "account_id": person["id"],
                "organisation_id": site["id"],
                "role": "manager",
                "state": "granted",
                **self.stamps(),
            }
            for person, site in zip(employers, organisations, strict=True)
        ]

    def _course_tables(self, trainees: list[Row]) -> Iterator[Table]:
        courses, links, outcomes = [], [], []
        for n in range(self.size.courses):
            trade, key = self.trade(), random_id()
            courses.append(self._course(n, key, trade))
            links.append({"course_id": key, "occupation_id": trade.id})
            chosen = self.luck.sample(trade.skills, min(len(trade.skills), self.luck.randint(5, 9)))
            outcomes += [self._outcome(key, skill, place) for place, skill in enumerate(chosen)]
        yield "Formations", Course, courses
        yield "Métiers des formations", CourseOccupation, links
        yield "Acquis", CourseOutcome, outcomes
        sessions = [self._session(self.luck.choice(courses)["id"]) for _ in range(self.size.sessions)]
        enrolments = self._enrolments(sessions, trainees)
        yield "Sessions", CourseSession, sessions
        yield "Candidatures", Enrolment, enrolments

    def _course(self, n: int, key: uuid.UUID, trade: Trade) -> Row:
        return {
            "id": key,
            "title": f"{trade.label}, parcours {n + 1}",
            "objectives": "Tenir le poste en autonomie.",
            "content": "- Gestes du métier\n- Qualité et sécurité\n- Mises en situation",
            "prerequisites": "Aucun.",
            "hours": self.luck.choice((35, 70, 105, 140, 210, 280, 400)),
            "state": "published",
            "published_at": clock.now(),
            "version": 1,
            **self.stamps(400),
        }

    def _outcome(self, course: uuid.UUID, skill: int, place: int) -> Row:
        exit_level = self.luck.choice((2, 2, 3, 3, 3, 4))
        entry = self.luck.choice((0, 0, 0, 0, exit_level - 1))
        return {
            "id": random_id(),
            "course_id": course,
            "skill_id": skill,
            "entry_level": entry,
            "exit_level": exit_level,
            "position": place,
        }

    def _session(self, course: uuid.UUID) -> Row:
        start = clock.today() + timedelta(days=self.luck.randint(7, 360))
        return {
            "id": random_id(),
            "course_id": course,
            "starts_on": start,
            "ends_on": start + timedelta(days=self.luck.choice((4, 12, 25, 60, 90))),
            "commune_code": self.luck.choice(self.communes),
            "place": "Campus industriel",
            "seats_min": 4,
            "seats_max": self.luck.choice((8, 10, 12, 14)),
            "seats_taken": 0,
            "last_rank": 0,
            "registration_deadline": start - timedelta(days=5),
            "state": "open",
            "version": 1,
            **self.stamps(),
        }

    def _enrolments(self, sessions: list[Row], trainees: list[Row]) -> list[Row]:
        """Seat each trainee once; when a session is full, they wait with the next rank."""
        made = []
        for person in trainees:
            session = self.luck.choice(sessions)
            full = session["seats_taken"] >= session["seats_max"]
            session["last_rank" if full else "seats_taken"] += 1
            made.append(
                {
                    "id": random_id(),
                    "course_session_id": session["id"],
                    "account_id": person["id"],
                    "state": "waitlisted" if full else "applied",
                    "rank": session["last_rank"] if full else None,
                    **self.stamps(20),
                }
            )
        return made

    def _need_tables(self, organisations: list[Row], employers: list[Row]) -> Iterator[Table]:
        needs, skills, posts = [], [], []
        for n in range(self.size.needs):
            place = self.luck.randrange(len(organisations))
            trade = self.trade()
            need = self._need(n, trade, site=organisations[place], author=employers[place])
            needs.append(need)
            chosen = self.luck.sample(trade.skills, min(len(trade.skills), self.luck.randint(5, 8)))
            skills += [self._need_skill(need["id"], skill, position) for position, skill in enumerate(chosen)]
            posts += [
                {"id": random_id(), "need_id": need["id"], "number": each + 1, "state": "open"}
                for each in range(need["posts"])
            ]
        self.need_ids = [need["id"] for need in needs]
        yield "Besoins", Need, needs
        yield "Compétences des besoins", NeedSkill, skills
        yield "Postes", NeedPost, posts

    def _need(self, n: int, trade: Trade, *, site: Row, author: Row) -> Row:
        start = clock.today() + timedelta(days=self.luck.randint(30, 200))
        at = clock.now() - timedelta(days=self.luck.randint(0, 80))
        return {
            "id": random_id(),
            "reference": f"G-{n + 1:06d}",
            "organisation_id": site["id"],
            "author_id": author["id"],
            "state": "published" if self.luck.random() < 0.96 else "in_moderation",
            "title": trade.label,
            "occupation_id": trade.id,
            "referential_version_id": self.version,
            "posts": self.luck.choice((1, 1, 1, 2, 2, 3, 4, 6)),
            "earliest": start,
            "latest": start + timedelta(days=self.luck.choice((30, 60, 90, 180))),
            "commune_code": site["commune_code"],
            "submitted_at": at,
            "published_at": at,
            "expires_at": at + timedelta(days=90),
            "version": 1,
            **self.stamps(80),
        }

    def _need_skill(self, need: uuid.UUID, skill: int, position: int) -> Row:
        return {
            "id": random_id(),
            "need_id": need,
            "skill_id": skill,
            "level": self.luck.choice((None, 2, 3, 3, 3, 4)),
            "importance": "essential" if position < 4 else "desired",
            "position": position,
        }
