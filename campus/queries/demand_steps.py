"""How far the posts of needs have come on the ladder of commitment, for many needs at once."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from campus import db
from campus.lifecycles.commitment import CONFIRMED, CONTRACT, DECLARED, HIRE, LETTER, SEATS, Said, posts_from, standing
from campus.lifecycles.coverage import from_on
from campus.models import Commitment, Need, NeedPost, NeedState
from campus.queries.commitments import BEHIND

Lines = Sequence[Said[uuid.UUID]]
TRAINED = from_on("completed")


def posts_covered() -> tuple[Any, ...]:
    """Ask, beside each need, for its posts with a seat, with somebody trained, and with somebody hired."""
    posts = select(func.count()).where(NeedPost.need_id == Need.id)
    return tuple(
        posts.where(NeedPost.state.in_(states)).correlate(Need).scalar_subquery()
        for states in (BEHIND[SEATS], TRAINED, BEHIND[HIRE])
    )


@dataclass(frozen=True)
class Ladders:
    """What firms have said of needs, in the order they said it."""

    lines: Mapping[uuid.UUID, Lines]

    @classmethod
    def read(cls, states: Collection[NeedState], ids: Collection[uuid.UUID] | None) -> Ladders:
        """Read the lines about the needs in some states, all of them or some."""
        columns = (Commitment.id, Commitment.need_id, Commitment.step, Commitment.posts, Commitment.withdraws_id)
        query = select(*columns).join(Need, Need.id == Commitment.need_id).where(Need.state.in_(states))
        if ids is not None:
            query = query.where(Commitment.need_id.in_(ids))
        found: dict[uuid.UUID, list[Said[uuid.UUID]]] = defaultdict(list)
        for key, need, step, posts, withdraws in db.session.execute(query.order_by(Commitment.at, Commitment.id)):
            found[need].append(Said(key, step.value, posts, withdraws))
        return cls(found)

    def steps(self, need: uuid.UUID, posts: int, covered: tuple[int, int, int]) -> tuple[int, ...]:
        """Count the posts of a need that have come at least to each step: declared is all that the need asks for.

        `covered`: posts with a seat, with somebody trained, with somebody hired, as `posts_covered` counts them.
        """
        seated, trained, hired = covered
        said = {step: line.posts for step, line in standing(self.lines.get(need, ())).items()}
        reached = posts_from({**said, DECLARED: posts, SEATS: seated, HIRE: hired})
        most = (reached[CONFIRMED], reached[LETTER], reached[SEATS], max(trained, hired), reached[HIRE])
        return (posts, *(min(each, posts) for each in most))

    def most(self, need: uuid.UUID, posts: int) -> tuple[int, int, int]:
        """Count the most posts that a need ever declared, confirmed and committed, taken back since or not."""
        ever: dict[str, int] = defaultdict(int, {DECLARED: posts})
        for line in self.lines.get(need, ()):
            if line.withdraws is None:
                ever[line.step] = max(ever[line.step], line.posts)
        declared, committed = ever[DECLARED], max(ever[LETTER], ever[CONTRACT])
        return (declared, min(max(ever[CONFIRMED], committed), declared), min(committed, declared))
