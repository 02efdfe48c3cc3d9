"""Saying what one can do, and reading what courses add, as a trainee does in a browser."""

from __future__ import annotations

from campus import db
from campus.models import CourseOccupation
from campus.queries.profiles import levels_of
from campus.services.profiles import declare_skills

PROFILE, ADVICE = "/parcours/competences/", "/parcours/conseils/"


def test_a_profile_begins_empty_and_says_what_to_do(as_trainee):
    page = as_trainee.page(PROFILE)

    assert "Vous n'avez encore rien indiqué" in page.text
    assert "partez d'un métier que vous visez" in page.text


def test_a_skill_is_found_by_its_name_and_added_without_script(make, as_trainee):
    skill = make.skill("Régler une étiqueteuse")

    answer = as_trainee.post_form(PROFILE, {f"level-{skill.id}": "3"}, at=f"{PROFILE}?q=etiqueteuse")

    assert answer.status_code == 303
    assert levels_of(as_trainee.account) == {skill.id: 3}


def test_a_search_that_finds_nothing_says_so(as_trainee):
    assert "Aucune compétence nouvelle ne porte ces mots" in as_trainee.page(f"{PROFILE}?q=zzzz").text


def test_an_occupation_is_found_and_its_skills_are_offered(make, as_trainee):
    trade = make.occupation("Cariste", skills=(make.skill("Lever une palette"),))

    assert "Cariste" in as_trainee.page(f"{PROFILE}?metier=cariste").links
    assert "Lever une palette" in as_trainee.page(f"{PROFILE}?but={trade.id}").text


def test_levels_are_changed_and_skills_taken_off(make, as_trainee):
    one, other = make.skill(), make.skill()
    declare_skills(as_trainee.account, {one.id: 1, other.id: 2})
    db.session.commit()

    as_trainee.post_form(PROFILE, {f"level-{one.id}": "4", f"level-{other.id}": "none"})

    assert levels_of(as_trainee.account) == {one.id: 4}


def test_not_yet_is_told_apart_from_not_said(make, as_trainee):
    one, other = make.skill("Régler"), make.skill("Lever une palette")
    trade = make.occupation("Cariste", skills=(one, other))
    course = make.course([(one, 0, 2), (other, 0, 3)])
    make.save(CourseOccupation(course_id=course.id, occupation_id=trade.id))

    as_trainee.post_form(PROFILE, {f"level-{one.id}": "0"}, at=f"{PROFILE}?but={trade.id}")

    assert levels_of(as_trainee.account) == {one.id: 0}
    page = as_trainee.page(f"{ADVICE}?but={trade.id}")
    assert "ajoute entre 2 et 5 niveaux sur 2 compétences, 1 niveau à préciser" in page.text


def test_what_is_no_level_changes_nothing(make, as_trainee):
    skill = make.skill()
    token = as_trainee.new_csrf_token()

    as_trainee.post(PROFILE, data={"csrf_token": token, f"level-{skill.id}": "9", "level-x": "2", "level-": "1"})

    assert levels_of(as_trainee.account) == {}


def test_addresses_that_make_no_sense_show_the_page(as_trainee):
    for words in ("but=x", "but=999999999", "competence=-1", "q=%00", "metier=%25"):
        assert as_trainee.page(f"{PROFILE}?{words}").h1 == "Mes compétences"
        assert as_trainee.page(f"{ADVICE}?{words}").h1


def test_the_advice_says_what_a_course_adds_and_where_it_leads(make, as_trainee):
    skill = make.skill("Contrôler un lot")
    trade = make.occupation("Conduite de ligne", skills=(skill,))
    course = make.course([(skill, 0, 3)], title="Contrôle qualité")
    make.save(CourseOccupation(course_id=course.id, occupation_id=trade.id))
    make.needs_of_firms(5, 4, 3, occupation_id=trade.id)
    session = make.course_session(course)
    link = f"/parcours/candidatures/{session.id}"

    page = as_trainee.page(f"{ADVICE}?but={trade.id}")

    assert page.h1 == "Vers le métier : Conduite de ligne"
    assert "ajoute jusqu'à 3 niveaux sur 1 compétence, 1 niveau à préciser" in page.text
    assert "Contrôler un lot : jusqu'au niveau 3, selon ce que vous savez déjà." in page.text
    assert "Mène à : Conduite de ligne, environ 10 postes à pourvoir." in page.text
    assert link in page.links.values()


def test_without_courses_the_advice_says_what_to_do(as_trainee):
    assert "Aucune formation à conseiller" in as_trainee.page(ADVICE).text
