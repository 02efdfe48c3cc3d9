"""Small catalogues made at random whose skills keep label and macro-skill, as in a referential."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from campus.matching.course_index import CourseIndex
from campus.matching.values import ANYWHERE, CourseView, Importance, NeededSkill, NeedView, Outcome, Rules, SessionView
from tests.matching.samples import TODAY

LABELS = ["Souder à l'arc", "Souder un tube", "Lire un plan", "Lire un plan de tuyauterie", "Régler une machine", ""]
LABELS += ["Régler une machine à commande numérique", "Contrôler une pièce", "Souder"]
SKILLS = {number: (label, [None, "m", "n"][number % 3]) for number, label in enumerate(LABELS)}
KNOWN = [(number, *facts) for number, facts in SKILLS.items()]
SHEETS = {"H2303": frozenset({0, 1, 2, 3, 8}), "H2304": frozenset({4, 6})}
PARENTS = {"H2303": "H23", "H2304": "H23", "D1106": "D11"}
TITLES = ["Soudeur", "Soudeuse à l'arc", "Soudage de tubes", "Tourneur sur machine", ""]
RULES = Rules(hiring_margin_days=3)

skill = st.sampled_from(sorted(SKILLS))
some_day = st.none() | st.dates(date(2025, 12, 28), date(2026, 3, 1))
point = st.none() | st.sampled_from([(48.44, 1.48), (48.73, 1.36), (47.9, 1.9)])


def _needed(number, level, importance):
    label, macro = SKILLS[number]
    return NeededSkill(number, level, importance, label, macro)


def _outcome(number, entry, leaving):
    label, macro = SKILLS[number]
    return Outcome(number, entry, leaving, label, macro)


def seen_by(need, course):
    """See a course as the judge does for this need: with the sheet of the need's own occupation."""
    own = SHEETS.get(need.occupation_id, frozenset())
    sheet = frozenset({need.occupation_id})
    return replace(course, outcomes=tuple(
        replace(one, sheet_ids=sheet if one.skill_id in own else frozenset()) for one in course.outcomes
    ))  # fmt: skip


def _with_sheets(need):
    own = SHEETS.get(need.occupation_id, frozenset())
    sheet = frozenset({need.occupation_id})
    skills = tuple(replace(one, sheet_ids=sheet if one.skill_id in own else frozenset()) for one in need.skills)
    return replace(need, skills=skills)


needed = st.builds(_needed, skill, st.none() | st.integers(1, 4), st.sampled_from(Importance))
needs = st.builds(
    lambda occupation, **more: _with_sheets(
        NeedView(occupation_id=occupation, parent_occupation=PARENTS.get(occupation), **more)
    ),
    st.none() | st.sampled_from(sorted(PARENTS)),
    id=st.just("need"),
    skills=st.lists(needed, min_size=2, max_size=6, unique_by=lambda one: one.skill_id).map(tuple),
    posts=st.integers(1, 4),
    earliest=st.none(),
    latest=some_day,
    point=point,
    max_km=st.none() | st.sampled_from([20.0, 70.0]),
    title=st.sampled_from(TITLES),
)
sessions = st.builds(
    lambda start, length, **more: SessionView(start=start, end=start and start + timedelta(days=length), **more),
    some_day,
    st.integers(1, 30),
    id=st.integers(1, 99),
    seats_left=st.none() | st.integers(0, 3),
    open=st.booleans(),
    registration_deadline=some_day,
    point=point | st.just(ANYWHERE),
)
ids = st.integers(1, 12) | st.sampled_from(["a", "b", "0190a0b0-1111-7222-8333-444455556666"])


def _course(trades, **more):
    parents = frozenset(PARENTS[one] for one in trades)
    return CourseView(occupation_ids=frozenset(trades), parent_occupations=parents, **more)


outcomes = st.builds(_outcome, skill, st.sampled_from([0, 0, 0, 1, 2]), st.integers(1, 4))
courses = st.builds(
    _course,
    st.sets(st.sampled_from(sorted(PARENTS)), max_size=2),
    id=ids,
    title=st.sampled_from(TITLES),
    outcomes=st.lists(outcomes, max_size=4).map(tuple),
    sessions=st.lists(sessions, max_size=3, unique_by=lambda one: one.id).map(tuple),
    certification_ends_on=st.none() | some_day,
)
catalogues = st.lists(courses, max_size=14, unique_by=lambda one: one.id)


def index_of(courses, today=TODAY, **more):
    index = CourseIndex(rules=RULES, today=today, sheets=SHEETS, skills=KNOWN, **more)
    for course in courses:
        index.put(course)
    return index
