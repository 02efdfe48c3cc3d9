"""The pages where staff keep the list of skills."""

from campus import db
from campus.models import OccupationSkill, ReferentialVersion, SkillSource
from campus.services.referentials import load_starter


def text(page) -> str:
    return " ".join(page.text.replace("\xa0", " ").replace("\u202f", " ").replace("’", "'").split())


def test_the_list_finds_a_skill_without_its_accents(as_staff, make):
    make.skill("Régler une étiqueteuse")
    make.skill("Peser des matières premières")
    page = text(as_staff.page("/campus/competences?q=etiqueteuse"))
    assert "Régler une étiqueteuse" in page
    assert "Peser" not in page


def test_the_list_finds_a_skill_by_its_code(as_staff, make):
    make.skill("Peser", code="C013")
    assert "Peser" in text(as_staff.page("/campus/competences?q=c013"))


def test_the_list_keeps_to_what_is_asked(as_staff, make):
    make.skill("Peser")
    make.skill("Cuisiner", source=SkillSource.ROME)
    page = text(as_staff.page("/campus/competences?liste=rome"))
    assert "Cuisiner" in page
    assert "Peser" not in page


def test_an_empty_answer_says_what_to_do(as_staff):
    assert "Aucune compétence ici" in text(as_staff.page("/campus/competences?q=zzz"))


def test_the_list_asks_as_much_for_many_skills_as_for_few(as_staff, make, count_queries):
    for _ in range(30):
        make.skill()
    as_staff.page("/campus/competences")
    with count_queries(at_most=12):
        as_staff.page("/campus/competences")


def test_a_skill_is_added(as_staff):
    given = {"label": "Régler une doseuse", "kind": "know_how", "family": "F01"}
    answer = as_staff.post_form("/campus/competences/ajouter", given)
    assert answer.status_code == 303
    page = text(as_staff.page(answer.location))
    assert "Régler une doseuse" in page
    assert "Tient la cadence seul ou seule" in page


def test_a_wording_that_exists_is_refused_with_everything_typed_kept(as_staff, make):
    make.skill("Régler une doseuse")
    given = {"label": "Régler une doseuse", "label_en": "Set a doser", "kind": "know_how"}
    answer = as_staff.post_form("/campus/competences/ajouter", given)
    assert answer.status_code == 422
    assert "existe déjà" in text(answer.page)
    assert answer.page.forms[-1].values["label_en"] == ["Set a doser"]


def test_a_skill_of_the_campus_is_renamed(as_staff, make):
    skill = make.skill("Régler une doseuse")
    at = f"/campus/competences/{skill.id}/modifier"
    assert as_staff.post_form(at, {"label": "Régler une doseuse volumétrique"}).status_code == 303
    assert "Régler une doseuse volumétrique" in text(as_staff.page(f"/campus/competences/{skill.id}"))


def test_the_publishers_wording_is_refused(as_staff, make):
    skill = make.skill("Conditionner", source=SkillSource.ROME)
    answer = as_staff.post_form(f"/campus/competences/{skill.id}/modifier", {"label": "Emballer"})
    assert answer.status_code == 409
    assert "celui de l'éditeur" in text(answer.page)


def test_a_merge_and_its_undoing(as_staff, make):
    gone, kept = make.skill("Changer le format"), make.skill("Changer de format")
    sheet = make.occupation(skills=(gone,))
    where = f"/campus/competences/{gone.id}/fusionner"
    assert "Changer de format" in text(as_staff.page(where))
    assert as_staff.post_form(where, {"into": str(kept.id)}).status_code == 303
    assert db.session.get(OccupationSkill, (sheet.id, kept.id))
    page = as_staff.page(f"/campus/competences/{gone.id}")
    assert "Une autre compétence la remplace" in text(page)
    undo = f"/campus/competences/{gone.id}/separer"
    assert as_staff.post_form(undo, at=f"/campus/competences/{gone.id}").status_code == 303
    assert db.session.get(OccupationSkill, (sheet.id, gone.id))


def test_a_merge_into_nothing_is_a_404(as_staff, make):
    skill, near = make.skill("Changer le format"), make.skill("Changer de format")
    where = f"/campus/competences/{skill.id}/fusionner"
    assert near.id
    assert as_staff.post_form(where, {"into": "999999"}).status_code == 404


def test_a_skill_that_does_not_exist_is_a_404(as_staff):
    assert as_staff.get("/campus/competences/999999").status_code == 404


def test_the_referential_page_says_which_version_is_in_force(as_staff):
    load_starter()
    db.session.commit()
    assert "Liste du campus, version 1" in text(as_staff.page("/campus/referentiels"))


def test_the_referential_page_tells_what_changed_and_what_to_file_again(as_staff, make):
    report = {
        "previous": "460",
        "vanished": [{"code": "H2301", "label": "Chimie", "heirs": [{"code": "H2303", "titles": 2}]}],
        "split": [],
        "renamed": [{"code": "H3301", "before": "Conducteur", "after": "Pilote"}],
        "added": [],
        "skills_vanished": [],
        "skills_renamed": [],
        "skills_added": [],
    }
    version = make.save(ReferentialVersion(source="rome", version="461", report=report))
    make.need(occupation_id=make.occupation("Chimie", code="H2301", retired_in_id=version.id).id)
    page = text(as_staff.page("/campus/referentiels"))
    assert "H2301 Chimie : disparu, ses appellations vont vers H2303" in page
    assert "« Conducteur » devient « Pilote »" in page
    assert "À reclasser" in page


def test_the_referential_page_says_so_when_nothing_is_loaded(as_staff):
    assert "campus import rome" in text(as_staff.page("/campus/referentiels"))
