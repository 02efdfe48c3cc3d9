"""ROME 4.0, the French directory of occupations, as France Travail publishes it."""

from campus.exchange.rome.reading import read_rome
from campus.exchange.rome.values import (
    JobTitle,
    Mobility,
    Occupation,
    OccupationContext,
    OccupationSkill,
    RomeRelease,
    Skill,
    WorkContext,
)

__all__ = [
    "JobTitle",
    "Mobility",
    "Occupation",
    "OccupationContext",
    "OccupationSkill",
    "RomeRelease",
    "Skill",
    "WorkContext",
    "read_rome",
]
