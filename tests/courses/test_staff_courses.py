"""Staff write, publish and put away courses."""

import pytest
from sqlalchemy.exc import IntegrityError

from campus.models import Course, CourseState
from campus.queries import understanding
from campus.queries.courses import history_of

NEW = "/campus/formations/nouvelle"


@pytest.fixture(autouse=True)
def fresh_names():
    understanding.forget()
    yield
    understanding.forget()


def _save(**data):
    return {"do": "save", **data}


def test_a_title_is_enough_for_a_draft_that_nobody_else_sees(as_staff, client, db):
    response = as_staff.post_form(NEW, _save(title="Souder à l'arc"))
    course = db.session.query(Course).one()
    assert (response.status_code, course.state) == (303, CourseState.DRAFT)
    assert client.get(f"/formations/{course.id}").status_code == 404


def test_a_draft_without_title_keeps_what_was_typed(as_staff):
    response = as_staff.post_form(NEW, _save(title="", content="Des ateliers"))
    assert response.status_code == 422
    assert "Indiquez l'intitulé" in response.page.text
    assert "Des ateliers" in response.page.html


def test_a_skill_is_looked_for_and_added_without_script(as_staff, make):
    wanted = make.skill("Régler une machine")
    found = as_staff.post_form(NEW, {"do": "find_skill", "skill_words": "regler", "title": "Une formation"})
    assert f'value="add_skill:{wanted.id}"' in found.page.html
    added = as_staff.post_form(NEW, {"do": f"add_skill:{wanted.id}", "title": "Une formation"})
    assert f'name="exit-{wanted.id}"' in added.page.html
    assert 'value="Une formation"' in added.page.html


def test_words_left_in_a_search_field_are_looked_for_before_saving(as_staff, db):
    response = as_staff.post_form(NEW, _save(title="Une formation", skill_words="introuvable"))
    assert "Rien ne répond" in response.page.text
    assert db.session.query(Course).count() == 0


def test_the_matrix_must_rise(as_staff, make):
    taught = make.skill()
    lines = {"skill": str(taught.id), f"entry-{taught.id}": "3", f"exit-{taught.id}": "2"}
    response = as_staff.post_form(NEW, _save(title="Une formation", **lines))
    assert response.status_code == 422
    assert "Le niveau de sortie doit dépasser" in response.page.text


@pytest.mark.parametrize(
    ("register", "typed", "stored"),
    [("rncp", "rncp 35 317", "RNCP35317"), ("rncp", "35317", "RNCP35317"), ("rs", "rs5643", "RS5643")],
)
def test_a_certification_number_is_written_as_its_register_does(as_staff, db, register, typed, stored):
    as_staff.post_form(NEW, _save(title="Une formation", certification_kind=register, certification_code=typed))
    assert db.session.query(Course).one().certification_code == stored


@pytest.mark.parametrize("typed", ["RNCP12", "RNCP123456", "RS123", "ABC"])
def test_a_wrong_rncp_number_is_refused(as_staff, typed):
    data = _save(title="Une formation", certification_kind="rncp", certification_code=typed)
    assert as_staff.post_form(NEW, data).status_code == 422


def test_the_page_lists_what_is_missing_with_links_to_the_fields(as_staff, make):
    course = make.course([], state=CourseState.DRAFT, hours=None)
    links = as_staff.page(f"/campus/formations/{course.id}").links
    edit = f"/campus/formations/{course.id}/modifier"
    assert links["Donnez la durée en heures."] == f"{edit}#hours"
    assert links["Ajoutez au moins une compétence avec ses niveaux."] == f"{edit}#outcomes"


def test_an_incomplete_course_is_not_published(as_staff, make, fresh):
    course = make.course([], state=CourseState.DRAFT)
    response = as_staff.post(
        f"/campus/formations/{course.id}/publier",
        data={"csrf_token": as_staff.new_csrf_token()},
    )
    assert response.status_code == 409
    assert fresh(course).state == CourseState.DRAFT


def test_a_complete_course_is_published_suspended_archived_and_reopened(as_staff, client, make, fresh):
    course = make.course(state=CourseState.DRAFT, occupations=[make.occupation()])
    here = f"/campus/formations/{course.id}"
    as_staff.post_form(f"{here}/publier", at=here)
    assert course.title in client.page("/formations/").text
    as_staff.post_form(f"{here}/suspendre", at=here)
    assert course.title not in client.page("/formations/").text
    as_staff.post_form(f"{here}/archiver", at=here)
    as_staff.post_form(f"{here}/rouvrir", at=here)
    assert fresh(course).state == CourseState.DRAFT
    actions = [event.action for event in history_of(course)]
    assert actions == ["course_draft", "course_archived", "course_suspended", "course_published"]


def test_a_published_course_must_stay_complete(as_staff, make):
    course = make.course(occupations=[make.occupation()])
    response = as_staff.post_form(f"/campus/formations/{course.id}/modifier", _save(hours=""))
    assert response.status_code == 409
    assert "suspendez-la" in response.page.text


def test_a_stale_page_shows_both_versions_and_keeps_what_was_typed(as_staff, make, fresh):
    course = make.course(title="Titre d'avant", occupations=[make.occupation()])
    here = f"/campus/formations/{course.id}/modifier"
    as_staff.post_form(here, _save(title="Titre du collègue"))
    stale = as_staff.post_form(here, _save(title="Mon titre", version="1"))
    assert stale.status_code == 409
    assert "Titre du collègue" in stale.page.text
    assert 'value="Mon titre"' in stale.page.html
    assert fresh(course).title == "Titre du collègue"


def test_changing_only_the_matrix_counts_as_a_change(as_staff, make, fresh):
    taught = make.skill()
    course = make.course([(taught, 0, 2)], occupations=[make.occupation()])
    version = course.version
    as_staff.post_form(f"/campus/formations/{course.id}/modifier", _save(**{f"exit-{taught.id}": "4"}))
    assert fresh(course).outcomes[0].exit_level == 4
    assert fresh(course).version == version + 1


def test_saving_without_a_change_writes_nothing(as_staff, make):
    course = make.course(objectives="Une ligne\nune autre", occupations=[make.occupation()])
    as_staff.post_form(f"/campus/formations/{course.id}/modifier", _save())
    assert history_of(course) == []


def test_a_speciality_is_chosen_shown_and_told_in_the_history(as_staff, client, make, fresh):
    course = make.course(occupations=[make.occupation()])
    here = f"/campus/formations/{course.id}"
    as_staff.post_form(f"{here}/modifier", _save(nsf_group="222", nsf_function="U"))
    assert fresh(course).nsf_code == "222u"
    assert "222u Transformations chimiques et apparentées" in client.page(f"/formations/{course.id}").text
    assert "Spécialité de formation (NSF)." in as_staff.page(here).text
    as_staff.post_form(f"{here}/modifier", _save(hours="71"))
    assert fresh(course).nsf_code == "222u"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"nsf_group": "299"}, "Choisissez une spécialité de la liste."),
        ({"nsf_group": "222", "nsf_function": "1"}, "Écrivez une seule lettre"),
        ({"nsf_function": "u"}, "Choisissez d'abord la spécialité"),
    ],
)
def test_a_speciality_that_the_nomenclature_does_not_have_is_refused(as_staff, db, typed, said):
    response = as_staff.post_form(NEW, _save(title="Une formation", **typed))
    assert response.status_code == 422
    assert said in response.page.text
    assert db.session.query(Course).count() == 0


@pytest.mark.parametrize("code", ["22", "922", "2222", "222U", "222é", "22²", "abc"])
def test_the_database_refuses_a_code_of_another_shape(db, make, code):
    with pytest.raises(IntegrityError, match="nsf_code"):
        make.course(nsf_code=code)


def test_courses_without_a_speciality_are_listed_apart(as_staff, make):
    coded, bare = make.course(title="Codée", nsf_code="222u"), make.course(title="À coder")
    page = as_staff.page("/campus/formations/?specialite=sans").text
    assert bare.title in page
    assert coded.title not in page
    assert coded.title in as_staff.page("/campus/formations/").text


def test_the_preview_shows_the_texts_as_readers_will(as_staff):
    response = as_staff.post_form(NEW, {"do": "preview", "title": "x", "objectives": "**Régler**"})
    assert "<strong>Régler</strong>" in response.page.html


def test_the_staff_list_costs_the_same_for_10_and_50_courses(as_staff, make, count_queries):
    for _ in range(10):
        make.course_session()
    with count_queries() as few:
        as_staff.page("/campus/formations/")
    for _ in range(40):
        make.course_session()
    with count_queries(at_most=12) as many:
        as_staff.page("/campus/formations/")
    assert len(many) == len(few)
