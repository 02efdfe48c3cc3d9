"""Courses with their matrix and sessions, and the trainees who apply."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

from campus import clock
from campus.demo.generated.draw import Draw, Row, Table, Trade
from campus.models import Course, CourseOccupation, CourseOutcome, CourseSession, Enrolment, random_id


def course_tables(draw: Draw, trainees: list[Row], *, courses: int, sessions: int) -> Iterator[Table]:
    """Give the rows of courses, then of their sessions, where each trainee has applied once."""
    made, links, outcomes = [], [], []
    for n in range(courses):
        trade, key = draw.trade(), random_id()
        made.append(_course(draw, n, key=key, trade=trade))
        links.append({"course_id": key, "occupation_id": trade.id})
        chosen = draw.luck.sample(trade.skills, min(len(trade.skills), draw.luck.randint(5, 9)))
        outcomes += [_outcome(draw, key, skill=skill, place=place) for place, skill in enumerate(chosen)]
    yield "Formations", Course, made
    yield "Métiers des formations", CourseOccupation, links
    yield "Acquis", CourseOutcome, outcomes
    planned = [_session(draw, draw.luck.choice(made)["id"]) for _ in range(sessions)]
    enrolments = _enrolments(draw, planned, trainees)
    yield "Sessions", CourseSession, planned
    yield "Candidatures", Enrolment, enrolments


def _course(draw: Draw, n: int, *, key: uuid.UUID, trade: Trade) -> Row:
    return {
        "id": key,
        "title": f"{trade.label}, parcours {n + 1}",
        "objectives": "Tenir le poste en autonomie.",
        "content": "- Gestes du métier\n- Qualité et sécurité\n- Mises en situation",
        "prerequisites": "Aucun.",
        "hours": draw.luck.choice((35, 70, 105, 140, 210, 280, 400)),
        "state": "published",
        "published_at": clock.now(),
        "version": 1,
        **draw.stamps(400),
    }


def _outcome(draw: Draw, course: uuid.UUID, *, skill: int, place: int) -> Row:
    exit_level = draw.luck.choice((2, 2, 3, 3, 3, 4))
    entry = draw.luck.choice((0, 0, 0, 0, exit_level - 1))
    return {
        "id": random_id(),
        "course_id": course,
        "skill_id": skill,
        "entry_level": entry,
        "exit_level": exit_level,
        "position": place,
    }


def _session(draw: Draw, course: uuid.UUID) -> Row:
    start = clock.today() + timedelta(days=draw.luck.randint(7, 360))
    return {
        "id": random_id(),
        "course_id": course,
        "starts_on": start,
        "ends_on": start + timedelta(days=draw.luck.choice((4, 12, 25, 60, 90))),
        "commune_code": draw.luck.choice(draw.communes),
        "place": "Campus industriel",
        "seats_min": 4,
        "seats_max": draw.luck.choice((8, 10, 12, 14)),
        "seats_taken": 0,
        "last_rank": 0,
        "registration_deadline": start - timedelta(days=5),
        "state": "open",
        "version": 1,
        **draw.stamps(),
    }


def _enrolments(draw: Draw, sessions: list[Row], trainees: list[Row]) -> list[Row]:
    """Seat each trainee once; when a session is full, they wait with the next rank."""
    made = []
    for person in trainees:
        session = draw.luck.choice(sessions)
        full = session["seats_taken"] >= session["seats_max"]
        session["last_rank" if full else "seats_taken"] += 1
        made.append(
            {
                "id": random_id(),
                "course_session_id": session["id"],
                "account_id": person["id"],
                "state": "waitlisted" if full else "applied",
                "rank": session["last_rank"] if full else None,
                **draw.stamps(20),
            }
        )
    return made
