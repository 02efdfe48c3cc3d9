"""The needs that wait for a course, and the needs that are like a need."""

from random import Random

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.matching.judge import judge_need
from campus.models import CourseState, Importance, Need, NeedState
from campus.queries import judging
from campus.queries.judging import RULES
from campus.queries.live_index import get_ready
from campus.queries.waiting import SHOWN, needs_alike, needs_waiting


@pytest.fixture
def skills(make):
    return [make.skill() for _ in range(4)]


def test_a_draft_course_tells_which_needs_it_would_bring_forward(make, skills):
    partly, wholly = make.need(skills=skills, posts=1), make.need(skills=skills[:3], posts=4)
    make.need(skills=[make.skill(label) for label in ("Emballer", "Peser", "Étiqueter")])
    found = needs_waiting(make.course(skills[:3], state=CourseState.DRAFT))
    assert [line.need.id for line in found.lines] == [wholly.id, partly.id]
    assert (found.found, found.covered, found.posts) == (2, 1, 5)


def test_a_need_that_is_not_open_waits_for_nothing(make, skills):
    make.need(skills=skills, state=NeedState.WITHDRAWN)
    assert needs_waiting(make.course(skills)).lines == ()


def test_many_needs_cost_no_more_queries_than_few(make, skills, count_queries):
    course = make.course(skills)
    for _ in range(15):
        make.need(skills=skills)
    get_ready()
    with count_queries(at_most=10):
        assert needs_waiting(course).found == 15


def test_needs_with_the_same_skills_are_alike_and_others_are_not(make, skills):
    need, alike = make.need(skills=skills), make.need(skills=skills)
    make.need(skills=[skills[0], *(make.skill() for _ in range(5))])
    make.need()
    assert [(each.need.id, each.likeness.score) for each in needs_alike(need)] == [(alike.id, 1.0)]


def test_the_likest_need_comes_first_whatever_the_order_of_creation(make, skills):
    near = make.need(skills=skills[:3])
    same = make.need(skills=skills)
    need = make.need(skills=skills)
    assert [each.need.id for each in needs_alike(need)] == [same.id, near.id]


def test_the_staff_see_the_needs_alike_with_the_reasons(as_staff, make, skills):
    site = make.organisation(name="Usine des Bois")
    need = make.need(site, skills=skills, title="Conduire une ligne")
    twin = make.need(site, skills=skills, title="Conductrice de ligne")
    assert "Voir les besoins semblables" in as_staff.page(f"/campus/besoins/{need.id}").text
    page = as_staff.page(f"/campus/besoins/{need.id}/semblables").text
    assert f"{twin.reference}, Conductrice de ligne" in page
    assert "Même établissement : doublon possible" in page
    assert "4 compétences communes sur 4" in page


def test_a_need_like_no_other_says_so(as_staff, make):
    assert "Aucun besoin semblable" in as_staff.page(f"/campus/besoins/{make.need().id}/semblables").text


def test_the_staff_see_before_publishing_how_many_needs_would_be_concerned(as_staff, make, skills):
    for posts in (1, 3):
        make.need(skills=skills, posts=posts)
    draft = make.course(skills, state=CourseState.DRAFT)
    assert "2 besoins seraient concernés" in as_staff.page(f"/campus/formations/{draft.id}").text
    preview = as_staff.page(f"/campus/formations/{draft.id}/besoins").text
    assert "Une fois publiée, elle ferait avancer 2 besoins, soit 4 postes" in preview
    assert "4 indispensables sur 4" in preview


def test_the_pages_ask_the_database_for_little(as_staff, make, skills, count_queries):
    need, course = make.need(skills=skills), make.course(skills)
    for _ in range(8):
        make.need(skills=skills)
    get_ready()
    pages = [f"/campus/besoins/{need.id}", f"/campus/besoins/{need.id}/semblables"]
    for page in [*pages, f"/campus/formations/{course.id}", f"/campus/formations/{course.id}/besoins"]:
        with count_queries(at_most=12):
            as_staff.page(page)


def test_the_index_finds_the_needs_that_judging_each_would(make):
    dice = Random(11)  # noqa: S311 (no secret)
    skills = [make.skill(label) for label in ("Souder", "Souder un tube", "Peser", "Peser un lot", "Lire un plan")]
    trade = make.occupation(skills=tuple(skills[:2]))
    for _ in range(20):
        asked = [(each, dice.choice([None, 1, 3]), dice.choice(list(Importance))) for each in dice.sample(skills, 3)]
        make.need(
            skills=asked,
            posts=dice.randint(1, 3),
            occupation=dice.choice([None, trade]),
            max_km=dice.choice([None, 30]),
        )
    course = make.course([(skills[0], 0, 3), (skills[2], 1, 3)], state=CourseState.DRAFT)
    make.course_session(course)

    found = needs_waiting(course)

    wanted = plainly(course)
    assert [(one.need.reference, one.match) for one in found.lines] == wanted[:SHOWN]
    full = [match for _, match in wanted if match.coverage.essential_met == match.coverage.essential_total]
    assert (found.found, found.covered) == (len(wanted), len(full))


def plainly(course):
    """Judge the course for each need, and rank those that it brings forward."""
    needs = {str(need.id): need for need in db.session.scalars(select(Need))}
    sheets = judging.sheets_of(need.occupation_id for need in needs.values())
    views = judging.course_views([course.id], sheets)
    found = []
    for view in judging.need_views([need.id for need in needs.values()], sheets):
        for match in judge_need(view, views, rules=RULES, today=clock.today()).matches:
            met, total = match.coverage.essential_met, match.coverage.essential_total
            reference = needs[str(view.id)].reference
            order = (len(match.closed_gates), -met / max(total, 1), match.coverage.essential_missing, -view.posts)
            if any(each.high for each in match.coverage.skills):
                found.append(((*order, reference), reference, match))
    return [one[1:] for one in sorted(found, key=lambda one: one[0])]
