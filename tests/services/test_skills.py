"""Keeping the list of skills: add, rename, merge, separate; on both databases."""

import pytest
from sqlalchemy import select

from campus.models import (
    AuditEvent,
    Importance,
    Match,
    NeedSkill,
    OccupationSkill,
    ReferentialVersion,
    SkillSource,
    TraineeSkill,
)
from campus.queries.understanding import find_skills
from campus.services.skill_merges import CannotSeparate, SameSkill, SkillIsRetired, merge_skills, separate_skill
from campus.services.skills import (
    SkillDetails,
    SkillExists,
    SkillIsMerged,
    SkillIsOfficial,
    add_skill,
    rename_skill,
)


@pytest.fixture
def planner(make):
    return make.staff()


def asked(db, need) -> dict[int, tuple[int | None, Importance]]:
    query = select(NeedSkill.skill_id, NeedSkill.level, NeedSkill.importance).where(NeedSkill.need_id == need.id)
    return {skill: (level, importance) for skill, level, importance in db.session.execute(query)}


def test_a_skill_is_added_with_the_next_code_and_the_gestures_of_its_family(make, planner):
    make.skill(code="C215")
    skill = add_skill(planner, SkillDetails("Régler une doseuse", "Set a doser", family="F01"))
    assert (skill.code, skill.source) == ("C216", SkillSource.CAMPUS)
    assert skill.gestures["fr"]["3"].startswith("Tient la cadence")
    assert [found.id for found in find_skills("regler doseuse")] == [skill.id]


def test_a_wording_that_exists_is_refused(make, planner):
    make.skill("Régler une doseuse")
    with pytest.raises(SkillExists) as refused:
        add_skill(planner, SkillDetails("Régler une DOSEUSE"))
    assert refused.value.values == {"label": "Régler une doseuse"}


def test_a_skill_of_the_campus_is_renamed_and_the_log_keeps_the_former_wording(db, make, planner):
    skill = make.skill("Régler une doseuse")
    rename_skill(planner, skill, SkillDetails("Régler une doseuse volumétrique"))
    event = db.session.scalars(select(AuditEvent).filter_by(action="skill.renamed")).one()
    assert event.details == {"before": "Régler une doseuse", "after": "Régler une doseuse volumétrique"}


def test_a_skill_may_keep_its_wording_when_something_else_is_corrected(make, planner):
    skill = make.skill("Régler une doseuse")
    assert rename_skill(planner, skill, SkillDetails("Régler une doseuse", "Set a doser")).label_en == "Set a doser"


def test_the_publishers_wording_is_not_ours_to_change(make, planner):
    skill = make.skill("Conditionner des produits", source=SkillSource.ROME)
    with pytest.raises(SkillIsOfficial):
        rename_skill(planner, skill, SkillDetails("Emballer"))


def test_a_merge_moves_what_named_the_skill_and_keeps_it_as_an_alias(db, make, planner):
    gone, kept = make.skill("Changer le format"), make.skill("Changer de format")
    sheet = make.occupation(skills=(gone,))
    merge_skills(planner, gone, kept)
    assert gone.merged_into_id == kept.id
    assert db.session.scalars(select(OccupationSkill.skill_id).filter_by(occupation_id=sheet.id)).all() == [kept.id]
    assert [each.id for each in find_skills("changer le format")] == [kept.id]


def test_a_need_that_named_both_asks_no_less_than_before(db, make, planner):
    gone, kept = make.skill(), make.skill()
    need = make.need(skills=[(gone, 3, Importance.ESSENTIAL), (kept, 2, Importance.DESIRED)])
    merge_skills(planner, gone, kept)
    assert asked(db, need) == {kept.id: (3, Importance.ESSENTIAL)}


def test_a_trainee_who_said_both_keeps_the_highest_level(db, make, planner):
    gone, kept, person = make.skill(), make.skill(), make.trainee()
    make.save(TraineeSkill(account_id=person.id, skill_id=gone.id, level=3))
    make.save(TraineeSkill(account_id=person.id, skill_id=kept.id, level=1))
    merge_skills(planner, gone, kept)
    assert db.session.execute(select(TraineeSkill.skill_id, TraineeSkill.level)).all() == [(kept.id, 3)]


def test_the_log_of_a_merge_names_no_trainee(db, make, planner):
    gone, kept, person = make.skill(), make.skill(), make.trainee()
    make.save(TraineeSkill(account_id=person.id, skill_id=gone.id, level=3))
    merge_skills(planner, gone, kept)
    event = db.session.scalars(select(AuditEvent).filter_by(action="skill.merged")).one()
    assert str(person.id) not in str(event.details)


def test_a_merge_gives_a_published_need_the_course_that_teaches_the_other_wording(db, make, planner):
    gone, kept, weighing, cleaning = make.skill("Changer le format"), make.skill("Conduire"), make.skill(), make.skill()
    need = make.need(skills=[gone, weighing, cleaning])
    course = make.course([(kept, 0, 3)])
    merge_skills(planner, gone, kept)
    assert db.session.scalars(select(Match.course_id).where(Match.need_id == need.id)).all() == [course.id]


def test_aliases_follow_to_the_last_skill(make, planner):
    first, second, third = make.skill(), make.skill(), make.skill()
    merge_skills(planner, first, second)
    merge_skills(planner, second, third)
    assert first.merged_into_id == second.merged_into_id == third.id


def test_merges_that_make_no_sense_are_refused(make, planner):
    one, other, merged, retired = make.skill(), make.skill(), make.skill(), make.skill()
    merge_skills(planner, merged, other)
    retired.retired_in_id = make.save(ReferentialVersion(source="rome", version="461")).id
    for skill, into, refusal in ((one, one, SameSkill), (one, merged, SkillIsMerged), (merged, one, SkillIsMerged)):
        with pytest.raises(refusal):
            merge_skills(planner, skill, into)
    with pytest.raises(SkillIsRetired):
        merge_skills(planner, one, retired)


def test_a_merge_can_be_undone(db, make, planner):
    gone, kept = make.skill(), make.skill()
    moved = make.need(skills=[(gone, 3, Importance.ESSENTIAL)])
    untouched = make.need(skills=[(kept, 1, Importance.DESIRED)])
    merge_skills(planner, gone, kept)
    separate_skill(planner, gone)
    assert gone.merged_into_id is None
    assert asked(db, moved) == {gone.id: (3, Importance.ESSENTIAL)}
    assert asked(db, untouched) == {kept.id: (1, Importance.DESIRED)}


def test_separating_gives_aliases_back(make, planner):
    first, second, third = make.skill(), make.skill(), make.skill()
    merge_skills(planner, first, second)
    merge_skills(planner, second, third)
    separate_skill(planner, second)
    assert first.merged_into_id == second.id
    assert separate_skill(planner, first).merged_into_id is None


def test_a_merge_under_another_merge_is_undone_last(make, planner):
    first, second, third = make.skill(), make.skill(), make.skill()
    merge_skills(planner, first, second)
    merge_skills(planner, second, third)
    with pytest.raises(CannotSeparate):
        separate_skill(planner, first)


def test_a_skill_that_was_not_merged_has_nothing_to_undo(make, planner):
    with pytest.raises(CannotSeparate):
        separate_skill(planner, make.skill())
