"""The gates: what must be true for a course's session to serve a need, and what would open a closed one."""

from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from campus.matching.answers import Gate, Verdict
from campus.matching.values import ANYWHERE, CourseView, Id, NeedView, Outcome, Profile, Rules, SessionView, id_key

EARTH_RADIUS_KM = 6371.0088


def can_register(session: SessionView, today: date) -> bool:
    """Tell whether one may still register: open, not started, deadline not passed."""
    begun = session.start is not None and session.start < today
    late = session.registration_deadline is not None and session.registration_deadline < today
    return session.open and not begun and not late


def dates_verdict(
    need: NeedView, session: SessionView | None, *, takes_people: bool, ready_on: date | None
) -> tuple[Verdict, str]:
    """Tell, with its code, whether a session that is over (margin included) on `ready_on` suits the latest date."""
    if session is None:
        return Verdict.UNKNOWN, "dates.no_session"
    if not takes_people:
        return Verdict.NO, "dates.registration_closed"
    if ready_on is None:
        return Verdict.UNKNOWN, "dates.not_dated"
    if need.latest is None:
        return Verdict.UNKNOWN, "dates.no_latest"
    return (Verdict.NO, "dates.too_late") if ready_on > need.latest else (Verdict.YES, "dates.in_time")


def dates_gate(need: NeedView, session: SessionView | None, *, rules: Rules, today: date) -> Gate:
    """Tell whether the session takes registrations and ends before the need's latest date."""
    takes_people = session is not None and can_register(session, today)
    margin = timedelta(days=rules.hiring_margin_days)
    ready_on = session.end + margin if session and session.end else None
    verdict, code = dates_verdict(need, session, takes_people=takes_people, ready_on=ready_on)
    if session is None:
        return Gate("dates", verdict, code)
    values: dict[str, Any] = {"session_id": session.id, "starts_on": _iso(session.start), "ends_on": _iso(session.end)}
    if not takes_people:
        values["deadline"] = _iso(session.registration_deadline)
    slack = slack_days(need, session, rules)
    if not takes_people or slack is None:
        return Gate("dates", verdict, code, values)
    values |= {"latest": _iso(need.latest), "days": abs(slack)}
    return Gate("dates", verdict, code, values, {"days": -slack} if slack < 0 else None)


def slack_days(need: NeedView, session: SessionView | None, rules: Rules) -> int | None:
    """Count the days between the session's end (plus the hiring margin) and the latest date; None if unknown."""
    if session is None or session.end is None or need.latest is None:
        return None
    return (need.latest - (session.end + timedelta(days=rules.hiring_margin_days))).days


def entry_gate(course: CourseView, profile: Profile | None) -> Gate:
    """Tell whether the profile has the entry levels the course asks for; unknown where it does not say."""
    doors = _doors(course)
    if not doors:
        return Gate("entry", Verdict.YES, "entry.none_asked")
    if profile is None:
        skills = [_door(one) for one in doors]
        return Gate("entry", Verdict.UNKNOWN, "entry.unknown", {"skills": skills})
    has = profile.levels
    lacking = [one for one in doors if has.get(one.skill_id, one.entry_level) < one.entry_level]
    unsaid = [one for one in doors if one.skill_id not in has]
    if not lacking and unsaid:
        return Gate("entry", Verdict.UNKNOWN, "entry.unknown", {"skills": [_door(one) for one in unsaid]})
    if not lacking:
        return Gate("entry", Verdict.YES, "entry.met")
    skills = [{**_door(one), "has": has[one.skill_id]} for one in lacking]
    missing = sum(one.entry_level - has[one.skill_id] for one in lacking)
    return Gate("entry", Verdict.NO, "entry.too_low", {"skills": skills}, {"levels": missing})


def _doors(course: CourseView) -> list[Outcome]:
    # A level that the course itself brings is not asked at its door: the lowest entry of each skill is.
    lowest: dict[Id, Outcome] = {}
    for outcome in sorted(course.outcomes, key=lambda one: (one.entry_level, one.label)):
        lowest.setdefault(outcome.skill_id, outcome)
    doors = [one for one in lowest.values() if one.entry_level > 0]
    return sorted(doors, key=lambda one: id_key(one.skill_id))


def _door(outcome: Outcome) -> dict[str, Any]:
    return {"skill_id": outcome.skill_id, "label": outcome.label, "required": outcome.entry_level}


def seats_verdict(session: SessionView | None) -> Verdict:
    """Tell whether a session has seats left, however few; unknown when nobody counts them."""
    if session is None or session.seats_left is None:
        return Verdict.UNKNOWN
    return Verdict.YES if session.seats_left > 0 else Verdict.NO


def seats_gate(need: NeedView, session: SessionView | None) -> Gate:
    """Tell whether seats are left; a session with fewer seats than posts is open, and says how many miss."""
    left = session.seats_left if session else None
    verdict = seats_verdict(session)
    if session is None or left is None:
        return Gate("seats", verdict, "seats.unknown", {"posts": need.posts})
    values = {"session_id": session.id, "seats": max(left, 0), "posts": need.posts}
    missing = need.posts - max(left, 0)
    if verdict == Verdict.NO:
        return Gate("seats", verdict, "seats.none", values, {"seats": max(missing, 1)})
    if missing > 0:
        return Gate("seats", verdict, "seats.some", {**values, "missing": missing})
    return Gate("seats", verdict, "seats.enough", values)


def distance_gate(need: NeedView, session: SessionView | None) -> Gate:
    """Tell whether the session is within the distance the need accepts, as the crow flies."""
    if need.max_km is None:
        return Gate("distance", Verdict.YES, "distance.no_limit")
    if session is not None and session.point == ANYWHERE:
        return Gate("distance", Verdict.YES, "distance.remote", {"session_id": session.id})
    if session is None or session.point is None or need.point is None:
        return Gate("distance", Verdict.UNKNOWN, "distance.unknown", {"max_km": need.max_km})
    km = round(distance_km(need.point, session.point), 1)
    values = {"session_id": session.id, "km": km, "max_km": need.max_km}
    if km > need.max_km:
        beyond = max(0.1, round(km - need.max_km, 1))
        return Gate("distance", Verdict.NO, "distance.too_far", values, {"km": beyond})
    return Gate("distance", Verdict.YES, "distance.near", values)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the great-circle distance in km between two (latitude, longitude) in degrees (haversine)."""
    lat1, lon1, lat2, lon2 = (radians(part) for part in (*one, *other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def certification_gate(course: CourseView, session: SessionView | None) -> Gate:
    """Tell whether the course's certification is still valid on the day the session starts."""
    ends = course.certification_ends_on
    if ends is None:
        return Gate("certification", Verdict.YES, "certification.no_end")
    if session is None or session.start is None:
        return Gate("certification", Verdict.UNKNOWN, "certification.unknown", {"valid_until": _iso(ends)})
    values = {"session_id": session.id, "valid_until": _iso(ends), "starts_on": _iso(session.start)}
    if session.start > ends:
        days = (session.start - ends).days
        return Gate("certification", Verdict.NO, "certification.expires", values, {"days": days})
    return Gate("certification", Verdict.YES, "certification.valid", values)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
