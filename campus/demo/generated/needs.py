"""Needs with their skills and posts, declared over three years, more of them lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from campus.demo.generated.draw import DAYS_BACK, Draw, Row, Table, Trade
from campus.models import Need, NeedPost, NeedSkill, random_id

LATELY = 1.6


@dataclass
class Followed:
    """A generated need while its story is told: its rows, its trade, and the lines of its posts."""

    row: Row
    trade: Trade
    declared: date
    posts: list[Row]
    skills: list[Row]
    lines: dict[int, list[Row]] = field(default_factory=dict)

    @property
    def is_published(self) -> bool:
        """Tell whether its posts may have a story."""
        return bool(self.row["state"] == "published")


def draw_need(draw: Draw, n: int, *, site: Row, author: Row) -> Followed:
    """Draw one need of a firm."""
    trade = draw.trade()
    declared = draw.today - timedelta(days=int(DAYS_BACK * draw.luck.random() ** LATELY))
    row = _need(draw, n, trade=trade, declared=declared)
    row |= {"organisation_id": site["id"], "author_id": author["id"], "commune_code": site["commune_code"]}
    chosen = draw.luck.sample(trade.skills, min(len(trade.skills), draw.luck.randint(5, 8)))
    skills = [_need_skill(draw, row, skill=skill, position=position) for position, skill in enumerate(chosen)]
    posts = [
        {"id": random_id(), "need_id": row["id"], "number": each + 1, "state": "open"} for each in range(row["posts"])
    ]
    return Followed(row, trade, declared, posts, skills)


def need_tables(needs: list[Followed]) -> Iterator[Table]:
    """Give the rows of needs."""
    yield "Besoins", Need, [each.row for each in needs]
    yield "Compétences des besoins", NeedSkill, [row for each in needs for row in each.skills]
    yield "Postes", NeedPost, [row for each in needs for row in each.posts]


def _need(draw: Draw, n: int, *, trade: Trade, declared: date) -> Row:
    start = draw.later(declared, 30, 200)
    at = draw.within(declared)
    recent = (draw.today - declared).days < 60
    return {
        "id": random_id(),
        "reference": f"G-{n + 1:06d}",
        "state": "in_moderation" if recent and draw.happens(0.2) else "published",
        "title": trade.label,
        "occupation_id": trade.id,
        "referential_version_id": draw.version,
        "posts": draw.luck.choice((1, 1, 1, 2, 2, 3, 4, 6)),
        "earliest": start,
        "latest": start + timedelta(days=draw.luck.choice((30, 60, 90, 180))),
        "submitted_at": at,
        "published_at": at,
        "expires_at": at + timedelta(days=90),
        "version": 1,
        "created_at": at,
        "updated_at": at,
    }


def _need_skill(draw: Draw, need: Row, *, skill: int, position: int) -> Row:
    return {
        "id": random_id(),
        "need_id": need["id"],
        "skill_id": skill,
        "level": draw.luck.choice((None, 2, 3, 3, 3, 4)),
        "importance": "essential" if position < 4 else "desired",
        "position": position,
    }
