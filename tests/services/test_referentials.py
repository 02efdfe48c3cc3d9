"""Importing referentials, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from campus.exchange.communes import Commune as ReadCommune
from campus.exchange.rome import JobTitle as ReadTitle
from campus.models import (
    Commune,
    JobTitle,
    Occupation,
    OccupationMobility,
    OccupationSkill,
    ReferentialVersion,
    Revision,
    Skill,
    SkillSource,
)
from campus.services.referentials import import_communes, import_referential, load_starter


def count(db, model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def one(db, model, **values):
    return db.session.scalars(select(model).filter_by(**values)).one()


def links(db) -> set[tuple[str, str, bool]]:
    query = select(Occupation.code, Skill.code, OccupationSkill.core).select_from(OccupationSkill)
    return {tuple(row) for row in db.session.execute(query.join(Occupation).join(Skill))}


def test_a_version_is_written_whole(db, release):
    done = import_referential(release())
    assert done.changed
    assert [count(db, model) for model in (Occupation, JobTitle, Skill, OccupationMobility)] == [2, 3, 4, 1]
    assert links(db) == {("H3301", "100", True), ("H3301", "200", False), ("H2301", "101", False)}
    assert done.version.counts["job_titles"] == 3


def test_the_same_version_twice_changes_nothing(db, release):
    first = import_referential(release())
    again = import_referential(release())
    assert not again.changed
    assert again.version is first.version
    assert one(db, Revision, name="referential").number == 1


def test_a_second_version_retires_what_it_no_longer_has_and_keeps_the_needs_on_it(db, make, release):
    import_referential(release())
    need = make.need(occupation_id=one(db, Occupation, code="H3301").id)
    left = release("461", occupations=release().occupations[:1], job_titles=release().job_titles[:2])
    done = import_referential(replace(left, occupation_skills=left.occupation_skills[2:], mobilities=()))
    assert need.occupation.code == "H3301"
    assert need.occupation.retired_in_id == done.version.id
    assert count(db, JobTitle) == 2
    assert links(db) == {("H2301", "101", False)}


def test_the_report_tells_codes_that_vanished_split_or_were_renamed(db, release):
    import_referential(release())
    sheets = (replace(release().occupations[0], label="Conductrice en chimie"), *release().occupations[1:])
    titles = (replace(release().job_titles[0], occupation_code="H3301"), *release().job_titles[1:])
    report = import_referential(release("461", occupations=sheets, job_titles=titles)).version.report
    assert report["previous"] == "460"
    assert [row["code"] for row in report["renamed"]] == ["H2301"]
    assert [heir["code"] for heir in report["split"][0]["heirs"]] == ["H2301", "H3301"]
    assert one(db, JobTitle, ogr="1").occupation.code == "H3301"


def test_a_sheet_that_comes_back_is_no_longer_retired(db, release):
    import_referential(release())
    import_referential(release("461", **without_packaging(release())))
    assert one(db, Occupation, code="H3301").retired_in_id
    import_referential(release("462"))
    assert one(db, Occupation, code="H3301").retired_in_id is None


def test_a_skill_that_vanished_is_retired_and_not_deleted(db, release):
    import_referential(release())
    done = import_referential(release("461", skills=release().skills[:1], occupation_skills=()))
    assert one(db, Skill, code="101").retired_in_id == done.version.id
    assert done.version.report["skills_vanished"] == ["101"]


def test_a_publishers_version_leaves_the_campuss_own_skills_alone(db, release):
    load_starter()
    before = {link for link in links(db) if link[1].startswith("C")}
    import_referential(release())
    assert {link for link in links(db) if link[1].startswith("C")} == before
    assert one(db, Skill, code="C001").retired_in_id is None


def test_the_starter_adds_its_skills_to_a_published_referential(db, release):
    import_referential(release())
    load_starter()
    sheet = one(db, Occupation, code="H3301")
    assert sheet.label == "Conductrice de ligne"
    assert sheet.label_en == "Packaging line operator"
    assert ("H3301", "100", True) in links(db)
    assert ("H3301", "C002", True) in links(db)


def test_the_starter_brings_skills_with_gestures_and_communes(db):
    load_starter()
    skill = one(db, Skill, code="C002")
    assert (skill.source, skill.macro_code) == (SkillSource.CAMPUS, "F01")
    assert skill.gestures["fr"]["3"].startswith("Tient la cadence")
    assert skill.gestures["en"].keys() == {"1", "2", "3", "4"}
    assert one(db, Commune, code="28085").name == "Chartres"


def test_the_starter_loaded_twice_undoes_nothing_that_staff_changed(db):
    load_starter()
    one(db, Skill, code="C002").label = "Changer le format"
    db.session.flush()
    one(db, ReferentialVersion, source="campus").digest = "another"
    load_starter()
    assert one(db, Skill, code="C002").label == "Changer le format"
    assert count(db, Skill) == 215


def test_a_merged_skill_stays_merged_in_the_next_version(db, make, release):
    import_referential(release())
    kept = make.skill(label="Changer le format d'une ligne")
    one(db, Skill, code="100").merged_into_id = kept.id
    db.session.flush()
    more = (*release().job_titles, ReadTitle("9", "Appellation 9", "Appellation 9", "H3301", "H3301"))
    import_referential(release("461", job_titles=more))
    assert ("H3301", kept.code, True) in links(db)
    assert ("H3301", "100", True) not in links(db)


def test_a_failed_import_changes_nothing(db, release):
    import_referential(release())
    wrong = replace(release("461").occupation_skills[0], skill_code="unknown")
    with pytest.raises(KeyError), db.session.begin_nested():
        import_referential(release("461", occupation_skills=(wrong,)))
    assert one(db, ReferentialVersion, source="rome").version == "460"


@pytest.mark.usefixtures("db")
def test_progress_is_told_from_start_to_end(release):
    told = []
    import_referential(release(), progress=lambda *step: told.append(step[:2]))
    assert told == [(step, 5) for step in range(6)]


def test_communes_are_added_then_corrected_and_merged_ones_left_out(db):
    chartres = ReadCommune("28085", "Chartres", ("28000",), 48.447, 1.506, "28", "2405", "CHARTRES")
    former = replace(chartres, insee="28311", name="LE PUISET", current=False)
    assert import_communes([chartres, former]).left_out == 1
    done = import_communes([replace(chartres, latitude=48.4)])
    assert (done.added, done.changed) == (0, 1)
    assert one(db, Commune, code="28085").latitude == 48.4


def without_packaging(whole):
    return {
        "occupations": whole.occupations[:1],
        "job_titles": whole.job_titles[:2],
        "occupation_skills": whole.occupation_skills[2:],
        "mobilities": (),
    }
