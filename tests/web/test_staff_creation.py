"""Courses to create: groups of what nothing covers, opened, exported, and drafted in one click."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock
from campus import db as database
from campus.models import Course, CourseState, Importance, Pool, PoolMember, PoolMemberState
from campus.services.courses import publish_course
from campus.services.creation import draft_from_group
from campus.services.matches import match_all
from tests import make as makers

HERE = "/campus/demande/formations-a-creer/"


def text(page) -> str:
    return " ".join(page.text.replace("\xa0", " ").replace("\u202f", " ").replace("’", "'").split())


def ask(make, *needs, **given):
    """Post needs of (posts, skills), have them answered, and give them."""
    asked = [make.need(posts=posts, skills=skills, **given) for posts, skills in needs]
    match_all([need.id for need in asked])
    database.session.commit()
    return asked


@pytest.fixture
def lines(make):
    """Two firms lack the same two skills; a course brings the third."""
    skills = [make.skill(label) for label in ("Souder", "Chanfreiner", "Meuler")]
    make.course([(skills[2], 0, 3)], title="Meulage")
    trade = make.occupation("Soudeur / Soudeuse")
    ask(make, (3, skills), (2, skills), occupation=trade)
    return skills


def test_skills_that_nothing_covers_are_grouped_with_posts_firms_and_the_nearest_course(as_staff, lines):
    page = text(as_staff.page(HERE))
    assert "Souder · Chanfreiner Postes5Entreprises2Besoins2" in page
    assert "Soudeur / Soudeuse (5)" in page
    assert "Meulage, qui apporte déjà 33 % de ce que ces besoins demandent" in page
    assert "Meuler" not in page


def test_a_group_says_what_it_would_take_to_extend_the_nearest_course(as_staff, lines):
    page = text(as_staff.page(f"{HERE}{lines[0].id}"))
    assert "ajouter « Souder » jusqu'au niveau 3" in page
    assert "mener" not in page


def test_a_group_is_reached_by_any_of_its_skills_and_by_no_other(as_staff, lines):
    for each in lines[:2]:
        assert "Souder · Chanfreiner" in text(as_staff.page(f"{HERE}{each.id}"))
    assert as_staff.get(f"{HERE}{lines[2].id}").status_code == 404


def test_one_click_drafts_the_course_and_a_second_opens_the_same(as_staff, lines):
    first = as_staff.post_form(f"{HERE}{lines[0].id}/brouillon", at=HERE)
    again = as_staff.post(f"{HERE}{lines[1].id}/brouillon", data={"csrf_token": as_staff.new_csrf_token()})
    assert again.location == first.location
    assert first.location.endswith("/modifier")
    [draft] = database.session.scalars(select(Course).where(Course.state == CourseState.DRAFT)).all()
    assert draft.title == "Souder et chanfreiner (Soudeur / Soudeuse)"
    assert [(each.skill.label, each.entry_level, each.exit_level) for each in draft.outcomes] == [
        ("Souder", 0, 3),
        ("Chanfreiner", 0, 3),
    ]
    assert [each.label for each in draft.occupations] == ["Soudeur / Soudeuse"]
    assert "apporte 2 compétences du groupe sur 2" in text(as_staff.page(f"{HERE}{lines[0].id}"))
    assert "Préparer un brouillon" not in text(as_staff.page(HERE))


def test_once_the_draft_is_published_the_group_is_gone(as_staff, make, lines):
    draft = database.session.get_one(Course, draft_from_group(make.staff(), lines[0].id))
    draft.content, draft.prerequisites, draft.hours = "Ateliers", "Aucun", 70
    publish_course(make.staff(), draft)
    database.session.commit()
    assert "Aucune formation à créer" in text(as_staff.page(HERE))


def test_the_draft_begins_where_other_courses_end(make):
    skills = [make.skill() for _each in range(3)]
    make.course([(each, 0, 2) for each in skills])
    ask(make, (1, [(each, 4, Importance.ESSENTIAL) for each in skills]))
    draft = database.session.get_one(Course, draft_from_group(make.staff(), skills[0].id))
    assert {(each.entry_level, each.exit_level) for each in draft.outcomes} == {(2, 4)}


def test_a_firm_is_named_only_when_it_agreed_to_be(as_staff, make):
    site = make.organisation(name="Chaudronnerie Discrète")
    skills = [make.skill() for _each in range(3)]
    [need] = ask(make, (1, skills), organisation_=site)
    page = f"{HERE}{skills[0].id}"
    assert "Discrète" not in text(as_staff.page(page))
    assert "Discrète" not in as_staff.get(f"{HERE}export.csv").text
    pool = Pool(reference="G-1", course=make.course(), author=make.staff(), minimum=2, seats_max=8)
    pool.deadline = clock.today() + timedelta(days=9)
    member = {"state": PoolMemberState.JOINED, "posts": 1, "agreed_at": clock.now(), "author": need.author}
    make.save(PoolMember(pool=pool, need=need, organisation=site, **member))
    assert "Discrète" in text(as_staff.page(page))


def test_the_list_and_its_file_keep_to_what_is_asked(as_staff, make, lines):
    ask(make, (1, [make.skill("Tourner"), make.skill("Fraiser"), make.skill("Percer")]), latest=None, earliest=None)
    for narrowed, kept, left in (("?q=soudeur", "Souder", "Tourner"), ("?trimestre=sans-date", "Tourner", "Souder")):
        page, file = text(as_staff.page(HERE + narrowed)), as_staff.get(f"{HERE}export.csv{narrowed}").text
        assert kept in page
        assert kept in file
        assert left not in page
        assert left not in file
    assert "Aucun groupe ne correspond" in text(as_staff.page(HERE + "?voir=seules"))
    assert as_staff.get(f"{HERE}export.xlsx?q=soudeur").data[:2] == b"PK"


def test_many_groups_cost_as_many_queries_as_few(as_staff, make, count_queries):
    ask(make, *[(1, [make.skill(), make.skill(), make.skill()]) for _each in range(12)])
    as_staff.page(HERE)
    with count_queries(at_most=12):
        assert "12" in text(as_staff.page(HERE))


def test_sponsors_see_only_what_enough_posts_and_firms_ask_for(as_observer, make):
    skills = [make.skill(label) for label in ("Souder", "Chanfreiner", "Meuler")]
    ask(make, *[(1, [*skills[:2], make.skill(f"Secret {n}")]) for n in range(2)])
    here = "/indicateurs/formations-a-creer/"
    assert "Aucune formation à créer à montrer" in text(as_observer.page(here))
    ask(make, (5, skills))
    page = text(as_observer.page(here))
    assert "Chanfreiner · Souder" in page
    assert "Secret" not in page
    assert "Meuler" not in page


def test_three_sites_of_one_firm_are_not_enough_for_sponsors(as_observer, make):
    skills = [make.skill(label) for label in ("Souder", "Chanfreiner", "Meuler")]
    here = "/indicateurs/formations-a-creer/"
    for site in make.sites_of_one_firm(3):
        ask(make, (5, skills), organisation_=site)
    assert "Aucune formation à créer à montrer" in text(as_observer.page(here))
    ask(make, (5, skills), (5, skills))
    assert "Chanfreiner · Meuler · Souder" in text(as_observer.page(here))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def real_db(request, databases, tmp_path):
    """A database of its own, in which everything is really committed."""
    with databases.copy(request.param, tmp_path / "creation.sqlite"):
        yield


def test_two_clicks_at_once_make_one_draft(real_db):
    skills = [makers.skill() for _each in range(3)]
    ask(makers, (1, skills))
    staff, start, said = makers.staff(), threading.Barrier(2), []

    def click():
        start.wait()
        with database.transaction():
            said.append(draft_from_group(staff, skills[0].id))

    threads = [threading.Thread(target=click) for _each in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert said[0] == said[1]
