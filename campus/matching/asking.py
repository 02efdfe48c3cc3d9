"""How likely a recruiter is to ask for a skill, before the advert is read: what the sheet alone tells."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from campus.matching.values import Id

Kind = Literal["know_how", "knowledge", "behaviour"]


class SkillFact(NamedTuple):
    """What the referential says of a skill.

    `macro_id` is the macro-skill above it; `group` tells that it is a macro-skill itself.
    """

    kind: Kind = "know_how"
    macro_id: Id | None = None
    group: bool = False


UNKNOWN = SkillFact()
# The chance that an advert of this very occupation asks for the skill: (at the heart of the sheet, beside it).
ASKED: Mapping[str, tuple[float, float]] = {
    "know_how": (0.20, 0.03),
    "group": (0.20, 0.03),
    "knowledge": (0.08, 0.01),
    "behaviour": (0.002, 0.002),
}
DECIDED = 1.25
# Offers show the sheet of their day: when a sheet was split off another, some still show the other's skills.
OLDER_SHEET = 0.15
# A certificate is asked for in another field of an advert than its skills.
CERTIFICATE_SHARE = 0.2
CERTIFICATES = frozenset({"bac", "bep", "bts", "but", "bp", "cap", "cqp", "deust", "titre", "certificat", "licence"})


def asked_share(fact: SkillFact, label: Sequence[str], *, core: bool) -> float:
    """Give the chance (0 to 1) that an advert of an occupation asks for a skill of its sheet.

    `label` holds the skill's meaningful words. The figures are our reading of how adverts are filled in,
    told in docs/matching.md: know-how at the heart of the sheet first, knowledge seldom, behaviours and
    certificates hardly ever, for they have fields of their own.
    """
    heart, beside = ASKED["group" if fact.group and fact.kind == "know_how" else fact.kind]
    share = heart if core else beside
    return share * CERTIFICATE_SHARE if label and label[0] in CERTIFICATES else share


def shares(read: Mapping[Id, float]) -> dict[Id, float]:
    """Give the probability of each likely occupation, of one in all, from the shares of a reading.

    Most readings hesitate more than they err, so that shares count raised to `DECIDED`.
    """
    raised = {occupation_id: share**DECIDED for occupation_id, share in read.items()}
    total = sum(raised.values())
    return {occupation_id: share / total for occupation_id, share in raised.items()} if total else {}


def with_older_sheets(shares: Mapping[Id, float], older: Mapping[Id, Id]) -> dict[Id, float]:
    """Give part of each occupation's probability to the older occupation that it was split off, if any."""
    spread: dict[Id, float] = {}
    for occupation_id, share in shares.items():
        parent = older.get(occupation_id)
        given = 0.0 if parent is None or parent == occupation_id else OLDER_SHEET * share
        spread[occupation_id] = spread.get(occupation_id, 0.0) + share - given
        if given:
            spread[parent] = spread.get(parent, 0.0) + given
    return spread
