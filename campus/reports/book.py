"""All figures of one day, as they are kept: written as plain lists, read back alike, signed by a digest. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from campus.reports.delays import Delay
from campus.reports.funnel import RULES, Cube, Where
from campus.reports.training import Taught, Training, by_rules, read_figures


@dataclass(frozen=True)
class Book:
    """The figures of one day: the funnel, what sessions brought, the delays."""

    funnel: Cube
    training: Training
    delays: Sequence[Delay]

    def written(self, rules: str = RULES) -> dict[str, Any]:
        """Write the figures as JSON can hold them, in an order that depends on nothing else."""
        return {
            "funnel": sorted([*where, *counts] for where, counts in self.funnel.items()),
            "training": sorted([*taught, *by_rules(figures, rules)] for taught, figures in self.training.items()),
            "delays": [list(astuple(each)) for each in self.delays],
        }


def read(written: Mapping[str, Any]) -> Book:
    """Read figures back as they were written."""
    place, taught = len(Where._fields), len(Taught._fields)
    return Book(
        {Where(*row[:place]): tuple(row[place:]) for row in written["funnel"]},
        {Taught(*row[:taught]): read_figures(tuple(row[taught:])) for row in written["training"]},
        [Delay(*row) for row in written["delays"]],
    )


def digest_of(written: Mapping[str, Any]) -> str:
    """Sign figures: one digit changed anywhere gives another digest (SHA-256 of their canonical JSON)."""
    return hashlib.sha256(json.dumps(written, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
