"""The needs that wait for a course, and the needs that are like a need."""

import pytest

from campus.models import CourseState, NeedState
from campus.queries.waiting import needs_alike, needs_waiting


@pytest.fixture
def skills(make):
    return [make.skill() for _ in range(4)]


def test_a_draft_course_tells_which_needs_it_would_bring_forward(make, skills):
    partly, wholly = make.need(skills=skills, posts=1), make.need(skills=skills[:3], posts=4)
    make.need()
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
    pages = [f"/campus/besoins/{need.id}", f"/campus/besoins/{need.id}/semblables"]
    for page in [*pages, f"/campus/formations/{course.id}", f"/campus/formations/{course.id}/besoins"]:
        with count_queries(at_most=12):
            as_staff.page(page)
