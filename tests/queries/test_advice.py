"""The courses advised to a person: what each adds, and where it leads."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select

from campus import db
from campus.matching.answers import Verdict
from campus.matching.judge import judge_course_for_profile
from campus.matching.values import Profile
from campus.models import Course, CourseOccupation, CourseSessionState, CourseState
from campus.queries import judging
from campus.queries.advice import SHOWN, advice_for
from campus.queries.demand_public import posts_by_occupation, rounded
from campus.queries.live_index import get_ready


@pytest.fixture
def trade(make):
    return make.occupation("Conduite de ligne", skills=(make.skill("Régler"), make.skill("Contrôler")))


def leading_to(make, occupation, outcomes=None, **given):
    course = make.course(outcomes, **given)
    make.save(CourseOccupation(course_id=course.id, occupation_id=occupation.id))
    return course


def titles(advice):
    return [each.course.title for each in advice]


def test_the_course_that_adds_most_comes_first(make, trade):
    one, other = make.skill(), make.skill()
    leading_to(make, trade, [(one, 0, 1)], title="Un peu")
    leading_to(make, trade, [(one, 0, 3), (other, 0, 2)], title="Beaucoup")

    assert titles(advice_for({}, trade)) == ["Beaucoup", "Un peu"]


def test_what_a_person_can_do_counts_for_what_a_course_adds(make, trade):
    one, other = make.skill(), make.skill()
    leading_to(make, trade, [(one, 0, 3), (other, 0, 3)])

    assert advice_for({one.id: 2, other.id: 3}, trade)[0].gain.levels == 1


def test_what_a_person_has_not_said_is_never_taken_for_nothing(make, trade):
    one, other = make.skill(), make.skill()
    leading_to(make, trade, [(one, 0, 3), (other, 1, 3)])

    [told] = advice_for({one.id: 0}, trade)

    assert (told.gain.levels, told.gain.most, told.entry) == (3, 5, Verdict.UNKNOWN)


def test_a_course_that_adds_nothing_is_not_advised(make, trade):
    skill = make.skill()
    leading_to(make, trade, [(skill, 0, 2)])

    assert advice_for({skill.id: 2}, trade) == []


def test_a_course_open_to_the_person_comes_before_one_that_is_not(make, trade):
    asked, taught = make.skill(), make.skill()
    leading_to(make, trade, [(asked, 2, 4), (taught, 0, 4)], title="Exigeante")
    leading_to(make, trade, [(make.skill(), 1, 4)], title="À vérifier")
    leading_to(make, trade, [(taught, 0, 1)], title="Ouverte")

    advice = advice_for({asked.id: 0}, trade)

    assert titles(advice) == ["Ouverte", "À vérifier", "Exigeante"]
    assert [each.entry for each in advice] == [Verdict.YES, Verdict.UNKNOWN, Verdict.NO]


def test_a_course_that_teaches_the_trade_without_leading_to_it_comes_after(make):
    skill = make.skill()
    trade = make.occupation(skills=(skill,))
    make.course([(skill, 0, 4)], title="Enseigne")
    leading_to(make, trade, [(make.skill(), 0, 1)], title="Mène")

    assert titles(advice_for({}, trade)) == ["Mène", "Enseigne"]


def test_local_posts_are_rounded_and_hidden_under_five(make, trade):
    other = make.occupation("Métier rare")
    make.needs_of_firms(6, 4, 3, occupation_id=trade.id)
    make.needs_of_firms(2, 1, 1, occupation_id=other.id)
    course = leading_to(make, trade)
    make.save(CourseOccupation(course_id=course.id, occupation_id=other.id))

    assert [(each.occupation.label, each.posts) for each in advice_for({}, trade)[0].posts] == [
        ("Conduite de ligne", 15)
    ]


def test_without_an_aim_the_courses_lead_to_posts_that_exist(make, trade):
    make.needs_of_firms(4, 3, 3, occupation_id=trade.id)
    leading_to(make, trade, title="Recherchée")
    leading_to(make, make.occupation(), title="Sans poste")

    assert titles(advice_for({}, None)) == ["Recherchée"]


def test_unpublished_courses_are_not_advised(make, trade):
    leading_to(make, trade, state=CourseState.DRAFT)

    assert advice_for({}, trade) == []


def test_the_next_session_has_a_free_seat(make, trade):
    course = leading_to(make, trade)
    make.course_session(course, seats_min=1, seats_max=1, seats_taken=1)
    make.course_session(course, state=CourseSessionState.PREPARATION)
    free = make.course_session(course)

    assert advice_for({}, trade)[0].next_session is free


def test_advice_takes_as_many_questions_for_one_course_as_for_twenty(make, trade, count_queries):
    make.needs_of_firms(6, 4, 3, occupation_id=trade.id)
    for _ in range(20):
        make.course_session(leading_to(make, trade))

    get_ready()
    with count_queries(at_most=8):
        advice_for({}, trade)


def test_the_index_advises_what_judging_every_course_would(make):
    dice = Random(7)  # noqa: S311 (no secret)
    skills = [make.skill() for _ in range(6)]
    trades = [make.occupation(skills=tuple(skills[n : n + 2])) for n in range(3)]
    for trade in trades[:2]:
        make.needs_of_firms(dice.randint(5, 30), 1, 1, occupation_id=trade.id)
    for _ in range(24):
        taught = [(each, low := dice.randint(0, 2), dice.randint(low + 1, 4)) for each in dice.sample(skills, 2)]
        leading_to(make, dice.choice(trades), taught, title=dice.choice(["Souder", "Peser"]))
    levels = {each.id: dice.randint(0, 4) for each in dice.sample(skills, 3)}

    assert [each.course.id for each in advice_for(levels, trades[0])] == plainly(levels, trades[0].id, skills[:2])


def plainly(levels, aim, sheet):
    """Judge all courses one by one, and rank those that have to do with the aim."""
    posts = {key: rounded(count) for key, count in posts_by_occupation().items()}
    found = []
    for view in judging.course_views(list(db.session.scalars(select(Course.id))), {}):
        gain = judge_course_for_profile(view, Profile(levels))
        leads = aim in view.occupation_ids
        if gain.most and (leads or {each.id for each in sheet} & {each.skill_id for each in view.outcomes}):
            enters = [Verdict.YES, Verdict.UNKNOWN, Verdict.NO].index(gain.entry.verdict)
            behind = sum(posts.get(each, 0) for each in view.occupation_ids)
            found.append(((not leads, enters, -gain.most, -gain.levels, -behind, view.title, view.id), view.id))
    return [key for _, key in sorted(found)[:SHOWN]]
