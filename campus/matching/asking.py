"""How likely a recruiter is to ask for a skill, before the advert is read: what the sheet alone tells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from campus.matching.values import Id

Kind = Literal["know_how", "knowledge", "behaviour"]


class SkillFact(NamedTuple):
    """What the referential says of a skill.

    `macro_id` is the macro-skill above it; `group` tells that it is a macro-skill itself; `recent` that
    its code is among the referential's last, so that few forms have offered it yet.
    """

    kind: Kind = "know_how"
    macro_id: Id | None = None
    group: bool = False
    recent: bool = False


UNKNOWN = SkillFact()
# The chance that an advert of this very occupation asks for the skill: (at the heart of the sheet, beside it).
ASKED: Mapping[str, tuple[float, float]] = {
    "know_how": (0.22, 0.035),
    "group": (0.24, 0.04),
    "knowledge": (0.11, 0.015),
    "behaviour": (0.002, 0.002),
}
DECIDED = 1.5
RECENT_SHARE, NEWEST = 0.7, 0.15
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
    if fact.recent:
        share *= RECENT_SHARE
    return share * CERTIFICATE_SHARE if label and label[0] in CERTIFICATES else share


def newest(codes: Iterable[str], share: float = NEWEST) -> frozenset[str]:
    """Give the codes that were numbered last, by that share (0 to 1) of the numbers; others have no age."""
    numbered = sorted((int(code), code) for code in codes if code.isdecimal())
    return frozenset(code for _, code in numbered[int(len(numbered) * (1 - share)) :])


def shares(confidences: Mapping[Id, float]) -> dict[Id, float]:
    """Give the probability of each likely occupation, of one in all, from the confidences of a reading.

    Readings hesitate more than they err: raised to `DECIDED`, their confidences are right as often as they say.
    """
    raised = {occupation_id: confidence**DECIDED for occupation_id, confidence in confidences.items()}
    total = sum(raised.values())
    return {occupation_id: share / total for occupation_id, share in raised.items()} if total else {}
