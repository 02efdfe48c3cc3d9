"""An admission round: people rank sessions, published criteria and a lottery rank people, nobody gains by cheating.

Source: D. Gale and L. S. Shapley, "College Admissions and the Stability of Marriage", American Mathematical Monthly 69
(1962). People propose: the outcome is stable (no one prefers a session that has a free seat or somebody ranked behind
them), each person gets the best session that any stable outcome gives them, and listing one's true order is never worse
(L. E. Dubins and D. A. Freedman, 1981). What follows a withdrawal is the chain of Y. Blum, A. E. Roth and U. G.
Rothblum, "Vacancy Chains and Equilibration in Senior-Level Labor Markets", Journal of Economic Theory 76 (1997).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace

MOST_WISHES = 6
NOWHERE = -1


class BadRound(ValueError):
    """The wishes, ranks or seats do not fit together."""


@dataclass(frozen=True)
class Round:
    """What a round is decided from. People and sessions are numbers from 0.

    `wishes[p]` are the sessions that p wants, the dearest first, six at most; `ranks[p][k]` is the rank of p at the
    session of the k-th wish, 1 being first, no rank twice at a session; `seats[s]` is how many people s takes.
    """

    wishes: Sequence[Sequence[int]]
    ranks: Sequence[Sequence[int]]
    seats: Sequence[int]


@dataclass(frozen=True)
class Refusal:
    """Why a wish was not met: the session, one's own rank there, and the rank of the last person who got in."""

    session: int
    own_rank: int
    last_rank: int


@dataclass(frozen=True)
class Move:
    """One link of a chain: somebody leaves a session (NOWHERE: they had none) for one that they prefer."""

    person: int
    left: int
    joined: int


def lottery_number(seed: str, person: str) -> int:
    """Give a person's number in a draw, from 0 to 2**64 - 1; whoever knows the published seed can work it out again.

    The number depends on the seed and the person alone, not on who else takes part.
    """
    return int.from_bytes(hashlib.sha256(f"{seed}\x1f{person}".encode()).digest()[:8], "big")


def rank_people(seed: str, criteria: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """Rank people for one session, from 1: by their criteria, the smaller the better, then by lottery, then by key."""
    order = sorted(criteria, key=lambda person: (criteria[person], lottery_number(seed, person), person))
    return {person: place for place, person in enumerate(order, start=1)}


def check(asked: Round) -> None:
    """Raise BadRound when a wish names no session or comes twice, when a rank is missing, twice or below 1."""
    seen: set[tuple[int, int]] = set()
    if len(asked.wishes) != len(asked.ranks):
        raise BadRound("each person needs wishes and ranks")
    for person, (wished, ranks) in enumerate(zip(asked.wishes, asked.ranks, strict=True)):
        if len(wished) != len(ranks) or len(wished) > MOST_WISHES or len(set(wished)) != len(wished):
            raise BadRound(f"person {person}: at most {MOST_WISHES} different wishes, each with its rank")
        for place in zip(wished, ranks, strict=True):
            if not 0 <= place[0] < len(asked.seats) or place[1] < 1 or place in seen:
                raise BadRound(f"person {person}: session {place[0]} or rank {place[1]} is not possible")
            seen.add(place)


def admit(asked: Round) -> list[int]:
    """Give each person the place of their wish that is met (0 is the dearest), or NOWHERE.

    Applicant-proposing deferred acceptance: whoever is free asks the next of their wishes; a session keeps the best
    ranked and frees the others. Each wish is asked once at most, so the cost is that of the wishes, with a heap per
    session. The outcome does not depend on the order of asking.
    """
    wishes, ranks, seats = asked.wishes, asked.ranks, asked.seats
    met = [NOWHERE] * len(wishes)
    inside: list[list[tuple[int, int, int]]] = [[] for _ in seats]
    for first in range(len(wishes)):
        person, place = first, 0
        while place < len(wishes[person]):
            session, worst_first = wishes[person][place], -ranks[person][place]
            held = inside[session]
            if len(held) < seats[session]:
                heappush(held, (worst_first, person, place))
                met[person] = place
                break
            if held and held[0][0] < worst_first:
                _rank, out, their_place = heapreplace(held, (worst_first, person, place))
                met[person], met[out] = place, NOWHERE
                person, place = out, their_place + 1
            else:
                place += 1
    return met


def sessions_of(asked: Round, met: Sequence[int]) -> list[int]:
    """Give each person's session, or NOWHERE, from the places of the wishes that are met."""
    return [asked.wishes[person][place] if place != NOWHERE else NOWHERE for person, place in enumerate(met)]


def last_ranks(asked: Round, met: Sequence[int]) -> list[int]:
    """Give, for each session, the rank of the last person who got in; 0 where nobody did."""
    last = [0] * len(asked.seats)
    for person, place in enumerate(met):
        if place != NOWHERE:
            session = asked.wishes[person][place]
            last[session] = max(last[session], asked.ranks[person][place])
    return last


def refusals(asked: Round, met: Sequence[int], person: int) -> list[Refusal]:
    """Say why each wish that a person preferred to what they got was not met, the dearest first."""
    last = last_ranks(asked, met)
    place = met[person] if met[person] != NOWHERE else len(asked.wishes[person])
    pairs = zip(asked.wishes[person][:place], asked.ranks[person][:place], strict=True)
    return [Refusal(session, rank, last[session]) for session, rank in pairs]


def blocking(asked: Round, met: Sequence[int], gone: Iterable[int] = ()) -> list[tuple[int, int]]:
    """List the pairs (person, session) that would both rather have each other: empty when the outcome is stable.

    Those who are gone take no part. A session with a free seat would have anybody.
    """
    away = frozenset(gone)
    last, taken = last_ranks(asked, met), [0] * len(asked.seats)
    for session in sessions_of(asked, met):
        if session != NOWHERE:
            taken[session] += 1
    found = []
    for person in range(len(asked.wishes)):
        if person in away:
            continue
        better = met[person] if met[person] != NOWHERE else len(asked.wishes[person])
        for session, rank in zip(asked.wishes[person][:better], asked.ranks[person][:better], strict=True):
            if taken[session] < asked.seats[session] or (asked.seats[session] and rank < last[session]):
                found.append((person, session))
    return found


class Chains:
    """A round that has been decided, in which people withdraw and the seats that come free go down their chains.

    `settled` are those who have accepted their seat: they stay, and free no other.
    """

    def __init__(self, asked: Round, met: Sequence[int], settled: Iterable[int] = ()) -> None:
        self.asked, self.met = asked, list(met)
        self.stays: set[int] = set(settled)
        self._line: list[list[tuple[int, int, int]]] = [[] for _ in asked.seats]
        for person, wished in enumerate(asked.wishes):
            for place, session in enumerate(wished):
                self._line[session].append((asked.ranks[person][place], person, place))
        for line in self._line:
            line.sort()

    def withdraw(self, person: int) -> list[Move]:
        """Let somebody leave the round; give the moves that follow, in order. Nobody else is touched, or worse off."""
        place, self.met[person] = self.met[person], NOWHERE
        self.stays.add(person)
        if place == NOWHERE:
            return []
        return self._fill(self.asked.wishes[person][place])

    def _fill(self, vacant: int) -> list[Move]:
        moves: list[Move] = []
        while vacant != NOWHERE and (found := self._first_who_prefers(vacant)):
            person, place = found
            before = self.met[person]
            left = self.asked.wishes[person][before] if before != NOWHERE else NOWHERE
            self.met[person] = place
            moves.append(Move(person, left, vacant))
            vacant = left
        return moves

    def _first_who_prefers(self, session: int) -> tuple[int, int] | None:
        for _rank, person, place in self._line[session]:
            if person not in self.stays and (self.met[person] == NOWHERE or place < self.met[person]):
                return person, place
        return None
