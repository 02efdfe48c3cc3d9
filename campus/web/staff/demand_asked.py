"""What the addresses of the demand pages ask for, read and written."""

from __future__ import annotations

from typing import Any

from flask import request

from campus.planning.quarters import Quarter
from campus.queries.demand import Asked, By, DemandRow, Step
from campus.queries.demand_behind import Behind
from campus.web.paging import words_asked

BY = {"competence": By.SKILL, "metier": By.OCCUPATION, "famille": By.FAMILY, "bassin": By.AREA}
STEP = {
    "declares": Step.DECLARED,
    "confirmes": Step.CONFIRMED,
    "engages": Step.COMMITTED,
    "constates": Step.OBSERVED,
}
BY_WORD = {by: word for word, by in BY.items()}
STEP_WORD = {step: word for word, step in STEP.items()}
HIGHEST = 4


def asked() -> Asked:
    """Read what the table is asked for; anything odd is left out."""
    by = BY.get(request.args.get("par", ""), By.SKILL)
    return Asked(
        by,
        step=STEP.get(request.args.get("etape", ""), Step.DECLARED),
        level=_level() if by is By.SKILL else None,
        quarter=request.args.get("trimestre", ""),
        area="" if by is By.AREA else request.args.get("bassin", ""),
        search=words_asked(),
    )


def _level() -> int | None:
    level = request.args.get("niveau", type=int)
    return level if level is not None and 0 <= level <= HIGHEST else None


def behind() -> Behind:
    """Read which figure is opened."""
    wanted, key = asked(), request.args.get("cle", "")
    number = int(key) if key.isdecimal() and len(key) < 10 else 0
    return Behind(
        wanted.by, key if wanted.by.coded else number, wanted.level, wanted.quarter, wanted.area, step=wanted.step
    )


def behind_words(
    wanted: Asked, row: DemandRow, quarter: Quarter | None = None, *, step: Step | None = None
) -> dict[str, Any]:
    """Write the address of a figure's rows: those of one quarter, or of all that the table shows."""
    words = {
        "par": BY_WORD[wanted.by],
        "cle": row.key,
        "niveau": row.level if wanted.by is By.SKILL else None,
        "trimestre": quarter.code if quarter else wanted.quarter,
        "bassin": wanted.area,
        "etape": STEP_WORD[step or wanted.step],
    }
    return {name: word for name, word in words.items() if word not in {None, ""}}


def table_words(wanted: Asked) -> dict[str, Any]:
    """Write the address of a whole table."""
    words = {
        "par": BY_WORD[wanted.by],
        "etape": STEP_WORD[wanted.step],
        "niveau": wanted.level,
        "trimestre": wanted.quarter,
        "bassin": wanted.area,
        "q": wanted.search,
    }
    return {name: word for name, word in words.items() if word not in {None, ""}}
