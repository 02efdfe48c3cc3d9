"""Small needs and courses for the judge's tests: only what matters to a test is written in it."""

from dataclasses import replace
from datetime import date, timedelta

from campus.matching.judge import judge_need
from campus.matching.values import (
    CourseView,
    Importance,
    NeededSkill,
    NeedView,
    Outcome,
    Profile,
    Rules,
    SessionView,
)

TODAY = date(2026, 1, 5)
LATEST = date(2026, 6, 30)
CHARTRES = (48.4469, 1.4892)
DREUX = (48.7361, 1.3656)


def essential(skill_id, level=2, **more):
    return NeededSkill(skill_id, level, Importance.ESSENTIAL, **{"label": str(skill_id), **more})


def desired(skill_id, level=2, **more):
    return NeededSkill(skill_id, level, Importance.DESIRED, **{"label": str(skill_id), **more})


def need(*skills, **more):
    plain = NeedView(
        id="need",
        occupation_id=None,
        parent_occupation=None,
        skills=skills,
        posts=2,
        earliest=None,
        latest=LATEST,
        point=CHARTRES,
        max_km=None,
    )
    return replace(plain, **more)


def session(session_id=1, days_before=10, **more):
    """Make an open session with seats that ends this many days before the need's latest date."""
    end = LATEST - timedelta(days=days_before)
    return replace(SessionView(session_id, end - timedelta(days=20), end, 12, True, None, CHARTRES), **more)


def course(course_id, *outcomes, sessions=None, **more):
    taught = tuple(Outcome(skill, entry, leaving, label=str(skill)) for skill, entry, leaving in outcomes)
    offered = (session(),) if sessions is None else tuple(sessions)
    return CourseView(course_id, f"Course {course_id}", taught, sessions=offered, **more)


def judge(asked, *courses, profile=None, objections=None, rules=None, today=TODAY):
    known = Profile(profile) if profile is not None else None
    return judge_need(asked, courses, rules=rules or Rules(), profile=known, objections=objections or {}, today=today)


def only_match(asked, offered, **more):
    (match,) = judge(asked, offered, **more).matches
    return match


def codes(match):
    return {reason.code for reason in match.reasons}


def gate(match, name):
    (found,) = [one for one in match.gates if one.name == name]
    return found
