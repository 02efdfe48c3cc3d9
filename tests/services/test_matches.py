"""Needs and courses are judged in the transaction that changes them."""

import pytest
from sqlalchemy import select

from campus.matching.values import Rules
from campus.models import CourseState, FeedbackReason, Importance, Match, NeedAnswer, NeedState
from campus.queries.matches import answer_of, match_of
from campus.services import feedback
from campus.services.matches import match_course, match_need


@pytest.fixture
def skills(make):
    return [make.skill() for _ in range(4)]


def matches_of(db, need):
    return list(db.session.scalars(select(Match).where(Match.need_id == need.id).order_by(Match.position)))


def test_a_need_gets_the_course_that_teaches_its_skills(db, make, skills):
    need, course = make.need(skills=skills), make.course(skills)
    match_need(need)
    assert [(row.course_id, row.essential_met) for row in matches_of(db, need)] == [(course.id, 4)]


def test_a_draft_course_is_no_answer(db, make, skills):
    need = make.need(skills=skills)
    make.course(skills, state=CourseState.DRAFT)
    match_need(need)
    assert matches_of(db, need) == []


def test_the_fuller_course_comes_first_whatever_the_order_of_creation(db, make, skills):
    need = make.need(skills=skills)
    partial, full = make.course(skills[:2]), make.course(skills)
    match_need(need)
    assert [row.course_id for row in matches_of(db, need)] == [full.id, partial.id]


def test_a_course_published_reaches_the_needs_it_concerns_and_no_other(db, make, skills):
    far = [make.skill(label) for label in ("Vendre des fleurs", "Tailler un rosier", "Arroser une haie")]
    concerned, other = make.need(skills=skills), make.need(skills=far)
    course = make.course(skills)
    assert match_course(course) == 1
    assert (len(matches_of(db, concerned)), len(matches_of(db, other))) == (1, 0)


def test_a_course_that_no_longer_teaches_the_skills_leaves_the_need(db, make, skills):
    need, course = make.need(skills=skills), make.course(skills)
    match_course(course)
    course.state = CourseState.SUSPENDED
    match_course(course)
    assert matches_of(db, need) == []


def test_a_need_that_is_not_published_is_not_judged(make, skills):
    make.need(skills=skills, state=NeedState.WITHDRAWN)
    assert match_course(make.course(skills)) == 0


def test_too_few_skills_is_an_answer_of_its_own(db, make):
    need = make.need(skills=[make.skill()])
    match_need(need)
    assert db.session.get(NeedAnswer, need.id).answer["not_enough"][0]["code"] == "need.few_skills"


def test_the_answer_carries_the_versions_it_was_computed_with(db, make, skills):
    need = make.need(skills=skills)
    match_need(need)
    assert db.session.get(NeedAnswer, need.id).rules_version == Rules().version


def test_two_courses_that_cover_the_need_together_make_a_pathway(db, make, skills):
    need = make.need(skills=skills)
    halves = {str(make.course(skills[:2]).id), str(make.course(skills[2:]).id)}
    match_need(need)
    pathway = db.session.get(NeedAnswer, need.id).answer["pathway"]
    assert ({step["course_id"] for step in pathway["steps"]}, pathway["complete"]) == (halves, True)


def test_an_unknown_level_is_an_interval_and_never_zero(db, make, skills):
    need = make.need(skills=[(skill, None, Importance.ESSENTIAL) for skill in skills])
    make.course(skills)
    match_need(need)
    coverage = matches_of(db, need)[0].explanation["coverage"]
    assert 0 < coverage["essential_low"] < coverage["essential_high"] == 1


def test_a_contested_course_is_ranked_after_the_others_until_it_is_taken_back(db, make, skills):
    site = make.organisation()
    person, need = make.employer(site), make.need(site, skills=skills)
    best, second = make.course(skills), make.course(skills[:3])
    match_need(need)
    feedback.contest_match(person, match_of(need, best.id), need, reason=FeedbackReason.TOO_LONG, comment="")
    assert [row.course_id for row in matches_of(db, need)] == [second.id, best.id]
    feedback.take_back(person, answer_of(need).feedback[best.id], need)
    assert [row.course_id for row in matches_of(db, need)] == [best.id, second.id]


def test_uncovered_skills_turn_into_one_request_and_not_two(make, skills):
    site = make.organisation()
    person, need = make.employer(site), make.need(site, skills=skills)
    make.course(skills[:2])
    match_need(need)
    asked = feedback.request_course(person, need, message="")
    assert {each.skill_id for each in asked.skills} == {each.id for each in skills[2:]}
    with pytest.raises(feedback.RequestAlreadyOpen):
        feedback.request_course(person, need, message="")


def test_nothing_uncovered_is_nothing_to_ask_for(make, skills):
    need = make.need(skills=skills)
    make.course(skills)
    match_need(need)
    with pytest.raises(feedback.NothingUncovered):
        feedback.request_course(make.employer(), need, message="")
