"""The decision of a round: people are ranked by its criteria and its lottery, then everybody gets the best they can."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import update

from campus import db
from campus.models import AdmissionRound, Criterion, RoundEntry, RoundSession, RoundWish
from campus.planning.rounds import NOWHERE, Round, admit, check, last_ranks, rank_people
from campus.queries.rounds import already_there, facts_about_people, sessions_of, taking_part

Wishes = list[list[RoundWish]]


def decide_round(within: AdmissionRound) -> tuple[int, int]:
    """Write down each person's rank at each session they want, and the wish that is met; count those, and everybody."""
    inside, entries = sessions_of(within), taking_part(within)
    there = already_there(within)
    wishes = [
        [each for each in entry.wishes if (entry.account_id, each.course_session_id) not in there] for entry in entries
    ]
    ranks = rank_everybody(within, inside, entries, wishes=wishes)
    places = {each.course_session_id: place for place, each in enumerate(inside)}
    asked = Round(
        wishes=[[places[each.course_session_id] for each in wanted] for wanted in wishes],
        ranks=[[ranks[each.id] for each in wanted] for wanted in wishes],
        seats=[each.course_session.seats_left for each in inside],
    )
    check(asked)
    met = admit(asked)
    _store(entries, wishes, ranks, met=met)
    for row, last in zip(inside, last_ranks(asked, met), strict=True):
        row.seats, row.last_rank = row.course_session.seats_left, last
    db.session.flush()
    return sum(place != NOWHERE for place in met), len(entries)


def rank_everybody(
    within: AdmissionRound, inside: Sequence[RoundSession], entries: Sequence[RoundEntry], *, wishes: Wishes
) -> dict[uuid.UUID, int]:
    """Rank people at each session: by the criteria in their order, then by the lottery; give the rank of each wish."""
    facts, criteria = facts_about_people(within), [Criterion(each) for each in within.criteria]
    courses = {row.course_session_id: row.course_session.course_id for row in inside}
    told: dict[uuid.UUID, dict[str, tuple[int, ...]]] = {key: {} for key in courses}
    keys: dict[tuple[uuid.UUID, str], uuid.UUID] = {}
    for entry, wanted in zip(entries, wishes, strict=True):
        for wish in wanted:
            there, course = wish.course_session_id, courses[wish.course_session_id]
            keys[there, str(entry.id)] = wish.id
            told[there][str(entry.id)] = tuple(
                int(not facts.meets(each, entry.account_id, course)) for each in criteria
            )
    ranked = {there: rank_people(within.seed, people) for there, people in told.items()}
    return {keys[there, person]: rank for there, people in ranked.items() for person, rank in people.items()}


def _store(entries: Sequence[RoundEntry], wishes: Wishes, ranks: dict[uuid.UUID, int], *, met: Sequence[int]) -> None:
    if ranks:
        db.session.execute(update(RoundWish), [{"id": key, "rank": rank} for key, rank in ranks.items()])
    held = [
        {"id": entry.id, "met": None if place == NOWHERE else wanted[place].position}
        for entry, wanted, place in zip(entries, wishes, met, strict=True)
    ]
    if held:
        db.session.execute(update(RoundEntry), held)
    db.session.expire_all()
