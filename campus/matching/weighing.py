"""Where each course stands for a need, found without a word of explanation: most courses are not shown."""

from datetime import date
from typing import NamedTuple

from campus.matching.answers import OccupationCloseness, Verdict
from campus.matching.closeness import Kinship, occupation_closeness
from campus.matching.coverage import Claims
from campus.matching.gates import dates_verdict, distance_gate
from campus.matching.prepared import Chance, Prepared
from campus.matching.ranking import FAR_SLACK, OCCUPATION_RANK, Standing, band, merit
from campus.matching.text import likeness
from campus.matching.values import NeedView, Profile


class Weighed(NamedTuple):
    """A course that has something to do with a need, where it stands, and the session it stands there with."""

    standing: Standing
    course: Prepared
    chance: Chance
    occupation: OccupationCloseness
    wording: float

    @property
    def rejected(self) -> bool:
        """Tell whether the firm set the course aside."""
        return self.standing.not_rejected

    def set_aside(self) -> "Weighed":
        """Put the course after all those that the firm did not set aside."""
        return self._replace(standing=self.standing._replace(not_rejected=True))


class Scales:
    """Weighs courses for one need and the people of one profile."""

    def __init__(self, kinship: Kinship, profile: Profile | None) -> None:
        self.need, self.rules = kinship.need, kinship.rules
        self.kinship, self.profile = kinship, profile
        self.claims = Claims(kinship, profile)
        self._nothing = self.claims.base()

    def weigh(self, course: Prepared) -> Weighed | None:
        """Say where a course stands; None when it has nothing to do with the need.

        It has to do with it when it teaches one of its skills (or one close to it) or leads to its
        occupation or one of the same parent.
        """
        best = self.claims.best(course.taught)
        occupation = occupation_closeness(self.need, course.view)
        if best is None and occupation == OccupationCloseness.NONE:
            return None
        chance, closed, unknown = choose(self.need, course)
        wording = likeness(self.need.title, course.view.title)
        seats = chance.session.seats_left if chance.session else None
        standing = Standing(
            False,
            closed,
            *merit(self.claims, best or self._nothing, self.rules),
            occupation=OCCUPATION_RANK[occupation],
            wording=-band(wording, self.rules),
            gates_unknown=unknown,
            slack=_slack(self.need.latest, chance.ready_on),
            seats=-(seats or 0),
            id=course.order,
        )
        return Weighed(standing, course, chance, occupation, wording)


def choose(need: NeedView, course: Prepared) -> tuple[Chance, int, int]:
    """Choose the course's best session for the need; give its closed and its unknown gates too.

    Best means: fewest closed gates, fewest unknown ones, earliest end, most seats, then id.
    """
    judged = ((*_verdicts(need, chance), chance) for chance in course.chances)
    closed, unknown, chance = min(judged, key=lambda one: (one[0], one[1], one[2].preference))
    return chance, closed, unknown


def _verdicts(need: NeedView, chance: Chance) -> tuple[int, int]:
    dates, _ = dates_verdict(need, chance.session, takes_people=chance.takes_people, ready_on=chance.ready_on)
    closed = chance.closed + (dates is Verdict.NO)
    unknown = chance.unknown + (dates is Verdict.UNKNOWN)
    if need.max_km is not None:
        distance = distance_gate(need, chance.session).verdict
        closed, unknown = closed + (distance is Verdict.NO), unknown + (distance is Verdict.UNKNOWN)
    return closed, unknown


def _slack(latest: date | None, ready_on: date | None) -> int:
    return FAR_SLACK if latest is None or ready_on is None else (ready_on - latest).days
