"""Needs with their skills and posts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

from campus import clock
from campus.demo.generated.draw import Draw, Row, Table, Trade
from campus.models import Commitment, Need, NeedPost, NeedSkill, random_id


def need_tables(draw: Draw, organisations: list[Row], employers: list[Row], *, count: int) -> Iterator[Table]:
    """Give the rows of needs, each of a firm and of the person who acts for it."""
    needs, skills, posts = [], [], []
    for n in range(count):
        place = draw.luck.randrange(len(organisations))
        trade = draw.trade()
        need = _need(draw, n, trade=trade, site=organisations[place], author=employers[place])
        needs.append(need)
        chosen = draw.luck.sample(trade.skills, min(len(trade.skills), draw.luck.randint(5, 8)))
        skills += [
            _need_skill(draw, need["id"], skill=skill, position=position) for position, skill in enumerate(chosen)
        ]
        posts += [
            {"id": random_id(), "need_id": need["id"], "number": each + 1, "state": "open"}
            for each in range(need["posts"])
        ]
    yield "Besoins", Need, needs
    yield "Compétences des besoins", NeedSkill, skills
    yield "Postes", NeedPost, posts
    yield "Engagements", Commitment, [row for need in needs for row in _commitments(draw, need)]


def _need(draw: Draw, n: int, *, trade: Trade, site: Row, author: Row) -> Row:
    start = clock.today() + timedelta(days=draw.luck.randint(30, 200))
    at = clock.now() - timedelta(days=draw.luck.randint(0, 80))
    return {
        "id": random_id(),
        "reference": f"G-{n + 1:06d}",
        "organisation_id": site["id"],
        "author_id": author["id"],
        "state": "published" if draw.luck.random() < 0.96 else "in_moderation",
        "title": trade.label,
        "occupation_id": trade.id,
        "referential_version_id": draw.version,
        "posts": draw.luck.choice((1, 1, 1, 2, 2, 3, 4, 6)),
        "earliest": start,
        "latest": start + timedelta(days=draw.luck.choice((30, 60, 90, 180))),
        "commune_code": site["commune_code"],
        "submitted_at": at,
        "published_at": at,
        "expires_at": at + timedelta(days=90),
        "version": 1,
        **draw.stamps(80),
    }


def _need_skill(draw: Draw, need: uuid.UUID, *, skill: int, position: int) -> Row:
    return {
        "id": random_id(),
        "need_id": need,
        "skill_id": skill,
        "level": draw.luck.choice((None, 2, 3, 3, 3, 4)),
        "importance": "essential" if position < 4 else "desired",
        "position": position,
    }


def _commitments(draw: Draw, need: Row) -> Iterator[Row]:
    """Declare each published need; some are confirmed since, fewer promised or signed."""
    if need["state"] != "published":
        return
    evidence = {
        "declared": {"reference": need["reference"]},
        "confirmed": {},
        "letter": {"number": f"L-{need['reference']}", "signatory": "Claude Martin"},
        "contract": {
            "kind": "poei",
            "reference": need["reference"],
            "signed_on": need["submitted_at"].date().isoformat(),
        },
    }
    luck = draw.luck.random()
    for step, share in (("declared", 1.0), ("confirmed", 0.6), ("letter", 0.25), ("contract", 0.1)):
        if luck <= share:
            yield {
                "id": random_id(),
                "organisation_id": need["organisation_id"],
                "need_id": need["id"],
                "step": step,
                "posts": need["posts"] if step == "declared" else draw.luck.randint(1, need["posts"]),
                "at": need["submitted_at"],
                "actor_id": need["author_id"],
                "evidence": evidence[step],
                "reason": "",
            }
