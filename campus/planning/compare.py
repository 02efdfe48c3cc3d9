"""Two plans side by side: what came, went and moved, and what that does to the posts covered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from campus.planning.values import Campus, Plan, Session


@dataclass(frozen=True)
class Moved:
    """A session that is in both plans, in another week, room or with another trainer."""

    before: Session
    after: Session


@dataclass(frozen=True)
class Change:
    """A demand whose posts are covered in another number."""

    demand: str
    committed: bool
    before: int
    after: int


@dataclass(frozen=True)
class Comparison:
    """What one plan changes to another."""

    added: tuple[Session, ...]
    dropped: tuple[Session, ...]
    moved: tuple[Moved, ...]
    changes: tuple[Change, ...]

    def gained(self, *, committed: bool) -> int:
        """Count the posts covered more, less those covered no longer."""
        return sum(each.after - each.before for each in self.changes if each.committed is committed)


def compare(campus: Campus, before: Plan, after: Plan) -> Comparison:
    """Say what changes from one plan to the other.

    Published sessions are the same by their key; new ones of a course are paired by their closeness in weeks.
    """
    pairs, dropped, added = [], [], []
    for old, new in _alike(before, after):
        together = _paired(old, new)
        pairs += together
        dropped += _without(old, [first for first, _second in together])
        added += _without(new, [second for _first, second in together])
    moved = [Moved(old, new) for old, new in pairs if _where(old) != _where(new)]
    return Comparison(tuple(added), tuple(dropped), tuple(moved), _changes(campus, before, after))


def _where(session: Session) -> tuple[int, str, str]:
    return (session.start, session.room, session.trainer)


def _alike(before: Plan, after: Plan) -> list[tuple[list[Session], list[Session]]]:
    groups: dict[tuple[str, str], tuple[list[Session], list[Session]]] = defaultdict(lambda: ([], []))
    for place, plan in enumerate((before, after)):
        for session in plan.sessions:
            groups[session.course, session.published or ""][place].append(session)
    return [groups[key] for key in sorted(groups)]


def _paired(old: list[Session], new: list[Session]) -> list[tuple[Session, Session]]:
    near = sorted(
        (abs(first.start - second.start), first.room != second.room, number, place)
        for number, first in enumerate(old)
        for place, second in enumerate(new)
    )
    pairs: list[tuple[Session, Session]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _distance, _room, number, place in near:
        if number not in used[0] and place not in used[1]:
            used[0].add(number)
            used[1].add(place)
            pairs.append((old[number], new[place]))
    return pairs


def _without(sessions: list[Session], taken: list[Session]) -> list[Session]:
    left = list(sessions)
    for each in taken:
        left.remove(each)
    return left


def _changes(campus: Campus, before: Plan, after: Plan) -> tuple[Change, ...]:
    counts = ((each, before.covered.get(each.key, 0), after.covered.get(each.key, 0)) for each in campus.demands)
    return tuple(Change(each.key, each.committed, first, then) for each, first, then in counts if first != then)
