"""Whether the sessions of courses taken in order can follow one another in time."""

from collections.abc import Sequence
from datetime import date, timedelta

from campus.matching.answers import Verdict
from campus.matching.gates import can_register
from campus.matching.values import CourseView, NeedView, Rules, SessionView, id_key


def fit_sessions(
    need: NeedView, courses: Sequence[CourseView], *, rules: Rules, today: date
) -> tuple[list[SessionView | None], Verdict]:
    """Choose for each course in turn the session that ends first after the one before it.

    The verdict is yes when all fit before the need's latest date (and the hiring margin), no when dated
    sessions cannot, unknown when a session or a date is missing.
    """
    chosen: list[SessionView | None] = []
    free_from, missing = today, False
    for course in courses:
        usable = [one for one in course.sessions if can_register(one, today)]
        dated = [(one.end, id_key(one.id), one) for one in usable if one.start and one.end]
        after = [choice for choice in dated if choice[2].start and choice[2].start >= free_from]
        if after:
            end, _, session = min(after, key=lambda choice: choice[:2])
            chosen.append(session)
            free_from = end + timedelta(days=1)
        elif len(usable) == len(dated) and dated:
            return [*chosen, *[None] * (len(courses) - len(chosen))], Verdict.NO
        else:
            chosen.append(None)
            missing = True
    return chosen, _verdict(need, free_from - timedelta(days=1), rules=rules, missing=missing)


def _verdict(need: NeedView, last_day: date, *, rules: Rules, missing: bool) -> Verdict:
    if need.latest is not None and last_day + timedelta(days=rules.hiring_margin_days) > need.latest:
        return Verdict.NO
    return Verdict.UNKNOWN if missing or need.latest is None else Verdict.YES
