"""Laws of the judge, on needs and courses made at random (profile `fast`: a run takes a second or two)."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from campus.matching.answers import Status, Verdict
from campus.matching.explanation import CODES, from_json, to_json
from campus.matching.judge import Judge
from campus.matching.ranking import FAR_SLACK, OCCUPATION_RANK, band
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
from tests.matching.samples import TODAY, judge

settings.register_profile(
    "fast", max_examples=60, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate, Phase.shrink]
)
fast = settings.get_profile("fast")

SKILLS = list(range(6))
labels = st.sampled_from(["Souder à l'arc", "Souder un tube", "Lire un plan", "Régler une machine", ""])
kin = {"label": labels, "macro_id": st.sampled_from([None, "m", "n"]), "sheet_ids": st.frozensets(st.integers(1, 2))}
needed = st.builds(
    NeededSkill,
    st.sampled_from(SKILLS),
    st.none() | st.integers(1, 4),
    st.sampled_from(Importance),
    **kin,
)
skill_sets = st.lists(needed, min_size=3, max_size=6, unique_by=lambda one: one.skill_id).map(tuple)
days = st.none() | st.dates(date(2025, 12, 20), date(2026, 8, 1))
points = st.none() | st.tuples(st.floats(47, 49), st.floats(1, 2))
needs = st.builds(
    NeedView,
    id=st.just("need"),
    occupation_id=st.sampled_from([None, "H2303"]),
    parent_occupation=st.sampled_from([None, "H2301"]),
    skills=skill_sets,
    posts=st.integers(1, 8),
    earliest=st.none(),
    latest=days,
    point=points,
    max_km=st.none() | st.integers(5, 80),
    title=labels,
)
outcomes = st.builds(Outcome, st.sampled_from(SKILLS), st.integers(0, 3), st.integers(1, 4), **kin)
sessions = st.builds(
    lambda start, length, **more: SessionView(start=start, end=start and start + timedelta(days=length), **more),
    days,
    st.integers(1, 60),
    id=st.integers(1, 99),
    seats_left=st.none() | st.integers(0, 12),
    open=st.booleans(),
    registration_deadline=days,
    point=points,
)
courses = st.builds(
    CourseView,
    id=st.integers(1, 99),
    title=labels,
    outcomes=st.lists(outcomes, max_size=5).map(tuple),
    occupation_ids=st.frozensets(st.just("H2303")),
    parent_occupations=st.frozensets(st.just("H2301")),
    sessions=st.lists(sessions, max_size=3, unique_by=lambda one: one.id).map(tuple),
    certification_ends_on=days,
)
catalogues = st.lists(courses, max_size=5, unique_by=lambda one: one.id)
profiles = st.none() | st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 4))


def coverages(need, course, profile):
    matches = judge(need, course, profile=profile).matches
    return {one.skill_id: one for one in matches[0].coverage.skills} if matches else {}


@fast
@given(needs, courses, profiles, st.sampled_from(SKILLS))
def test_what_one_skill_gets_never_pays_for_another(need, course, profile, other):
    unlike = (replace(one, macro_id=None, sheet_ids=frozenset(), label="") for one in need.skills)
    need = replace(need, skills=tuple(unlike))
    without = replace(course, outcomes=tuple(one for one in course.outcomes if one.skill_id != other))
    before, after = coverages(need, without, profile), coverages(need, course, profile)
    for skill in before.keys() & after.keys() - {other}:
        assert before[skill] == after[skill]


@fast
@given(needs, courses, outcomes, profiles)
def test_one_more_outcome_never_lowers_a_coverage(need, course, outcome, profile):
    more = replace(course, outcomes=(*course.outcomes, outcome))
    before, after = coverages(need, course, profile), coverages(need, more, profile)
    for skill, covered in before.items():
        assert after[skill].low >= covered.low or after[skill].high > covered.high
        assert after[skill].high >= covered.high


@fast
@given(needs, courses, profiles, st.integers(1, 3))
def test_asking_for_a_higher_level_never_raises_a_coverage(need, course, profile, level):
    first, *rest = need.skills
    easy, hard = (replace(need, skills=(replace(first, level=one), *rest)) for one in (level, level + 1))
    before, after = coverages(easy, course, profile), coverages(hard, course, profile)
    if before:
        assert after[first.skill_id].low <= before[first.skill_id].low
        assert after[first.skill_id].high <= before[first.skill_id].high


@fast
@given(needs, catalogues, profiles, st.randoms())
def test_the_answer_depends_on_no_order_and_never_changes(need, catalogue, profile, random):
    shuffled = [
        replace(one, outcomes=tuple(random.sample(one.outcomes, len(one.outcomes))), sessions=one.sessions[::-1])
        for one in random.sample(catalogue, len(catalogue))
    ]
    answer = judge(need, *catalogue, profile=profile)
    assert answer == judge(need, *shuffled, profile=profile)
    assert answer == judge(need, *catalogue, profile=profile)


@fast
@given(needs, courses, profiles)
def test_a_level_not_known_is_never_zero_once_something_is_brought(need, course, profile):
    for covered in coverages(need, course, profile).values():
        if covered.required is None and covered.reached:
            assert 0 < covered.low <= covered.high
            assert covered.status != Status.MISSING


@fast
@given(needs, courses)
def test_only_identity_meets_a_skill(need, course):
    for covered in coverages(need, course, None).values():
        if covered.status == Status.MET:
            assert covered.closeness == "identity"
            assert covered.reached >= (covered.required or 4)


@fast
@given(needs, catalogues, profiles)
def test_a_match_survives_a_passage_through_json(need, catalogue, profile):
    for match in judge(need, *catalogue, profile=profile).matches:
        assert from_json(json.loads(json.dumps(to_json(match)))) == match


@fast
@given(needs, catalogues, profiles)
def test_every_reason_has_a_code_of_the_table_and_the_sign_it_announces(need, catalogue, profile):
    answer = judge(need, *catalogue, profile=profile)
    reasons = [reason for match in answer.matches for reason in match.reasons]
    for reason in (*reasons, *answer.hints, *answer.not_enough):
        assert (CODES[reason.code].sign, set(CODES[reason.code].carries)) == (reason.sign, set(reason.values))


@fast
@given(needs, courses, profiles)
def test_every_gate_is_true_of_the_data(need, course, profile):
    for match in judge(need, course, profile=profile).matches:
        session = next((one for one in course.sessions if one.id == match.session_id), None)
        verdicts = {gate.name: gate for gate in match.gates}
        dates, seats = verdicts["dates"], verdicts["seats"]
        if dates.verdict == Verdict.YES:
            assert session.open
            assert TODAY <= session.start <= session.end <= need.latest
        if dates.code == "dates.too_late":
            assert session.end - timedelta(days=dates.change["days"]) == need.latest
        assert (seats.verdict == Verdict.NO) == (session is not None and session.seats_left == 0)
        if verdicts["certification"].verdict == Verdict.NO:
            assert session.start > course.certification_ends_on
        lacking = [one for one in course.outcomes if one.entry_level > (profile or {}).get(one.skill_id, 0)]
        assert verdicts["entry"].verdict == Verdict.YES or lacking


@fast
@given(needs, courses, profiles)
def test_every_skill_reason_is_true_of_the_data(need, course, profile):
    taught = {one.skill_id for one in course.outcomes} | set(profile or {})
    for match in judge(need, course, profile=profile).matches:
        for reason in match.reasons:
            skill = reason.values.get("skill_id")
            if reason.code in {"skill.met", "skill.partial", "skill.level_unknown", "skill.entry_unknown"}:
                assert skill in taught
            if reason.code.startswith("skill.close"):
                assert reason.values["via_skill_id"] in taught
                assert reason.values["high"] < 1 or (profile is not None and skill not in profile)
            if reason.code == "skill.missing":
                assert reason.values["high"] == pytest.approx(0)


@fast
@given(st.lists(needs, min_size=1, max_size=3), catalogues, profiles, st.integers(0, 3))
def test_a_judge_of_many_needs_who_keeps_the_best_says_the_same_of_each(asked, catalogue, profile, kept):
    known = Profile(profile) if profile is not None else None
    judge_of_all = Judge(Rules(), today=TODAY, profile=known)
    for need in asked:
        whole = judge(need, *catalogue, profile=profile)
        best = judge_of_all.judge(need, catalogue, kept=kept)
        assert best == replace(whole, matches=whole.matches[:kept])
        assert whole.found == len(whole.matches)


@fast
@given(needs, catalogues, profiles)
def test_the_order_is_that_of_what_the_matches_say(need, catalogue, profile):
    rules = Rules()
    said = [
        (
            len(match.closed_gates),
            -match.coverage.essential_met,
            -band(match.coverage.essential_low, rules),
            -band(match.coverage.essential_high, rules),
            match.coverage.essential_missing,
            -band(match.coverage.desired_low, rules),
            OCCUPATION_RANK[match.occupation],
            -band(match.wording, rules),
            len(match.unknown_gates),
            FAR_SLACK if match.slack_days is None else -match.slack_days,
            -(match.seats_left or 0),
            match.course_id,
        )
        for match in judge(need, *catalogue, profile=profile).matches
    ]
    assert said == sorted(said)
