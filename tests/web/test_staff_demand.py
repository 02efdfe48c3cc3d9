"""The demand page: steps never mixed, filters, files exactly as filtered, and what is behind a figure."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campus.models import Commitment, CommitmentStep, EnrolmentState, Importance, NeedPost, PostState
from tests import make as builders


def say(need, step, posts):
    line = Commitment(organisation_id=need.organisation_id, need_id=need.id, step=CommitmentStep(step), posts=posts)
    return builders.save(line)


@pytest.fixture
def trade(make):
    return make.occupation("Conducteur / Conductrice de ligne", code="Z9001", parent_code="Z9000")


@pytest.fixture
def need(db, make, trade):
    """Eight posts declared, five confirmed, three promised, one of them filled."""
    made = make.need(occupation=trade, posts=8, commune=make.commune(area_code="2405", area_name="CHARTRES"))
    say(made, "confirmed", 5)
    say(made, "letter", 3)
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == made.id)).first()
    post.state = PostState.HIRED
    return make.save(made)


def lines(answer):
    text = answer.data.decode("utf-8-sig").replace("\u00a0", " ")
    head, *rest = [line.split(";") for line in text.split("\r\n") if line]
    return [dict(zip(head, line, strict=True)) for line in rest]


@pytest.mark.parametrize("by", ["metier", "famille", "bassin"])
def test_the_file_counts_the_posts_of_the_step_that_was_chosen(as_staff, need, by):
    for step, posts in {"declares": "8", "confirmes": "5", "engages": "3", "constates": "1", "nimporte": "8"}.items():
        (line,) = lines(as_staff.get(f"/campus/demande/export.csv?par={by}&etape={step}"))
        assert line["Total, postes"] == posts
        assert [line[f"Total, postes {each}"] for each in ("déclarés", "confirmés", "engagés")] == list("853")


@pytest.mark.parametrize("state", [PostState.HIRED, PostState.COMPLETED])
def test_a_filled_or_trained_post_and_no_seat_leave_a_range_of_what_is_missing(as_staff, need, db, state):
    db.session.scalars(select(NeedPost).where(NeedPost.state == PostState.HIRED)).one().state = state
    db.session.commit()
    (line,) = lines(as_staff.get("/campus/demande/export.csv?par=metier"))
    low, mean, high = (float(line[title].replace(",", ".")) for title in line if title.startswith("Places manq"))
    assert 0 <= low <= mean <= high <= 7
    assert mean == pytest.approx(3 * 0.25 + 2 * 0.5 + 2 * 0.75, abs=0.1)
    assert "(à 80\u00a0%)" in as_staff.get("/campus/demande/?par=metier").text


def test_people_on_confirmed_seats_are_in_training_and_those_who_apply_are_not(as_staff, make, need, trade):
    session = make.course_session(make.course(occupations=[trade]))
    for state in (EnrolmentState.CONFIRMED, EnrolmentState.CALLED_UP, EnrolmentState.APPLIED):
        make.enrolment(session, make.trainee(), state=state)
    for by in ("metier", "famille"):
        (line,) = lines(as_staff.get(f"/campus/demande/export.csv?par={by}"))
        assert (line["Total, places"], line["Personnes en formation"]) == ("12", "2")


def test_a_table_of_one_area_has_its_needs_and_its_sessions_only(as_staff, make, need, trade):
    elsewhere = make.commune(code="28134", name="Dreux", search_name="dreux", area_code="2406", area_name="DREUX")
    make.need(occupation=trade, posts=4, commune=elsewhere)
    make.course_session(make.course(occupations=[trade]), commune=elsewhere)
    found = {area: lines(as_staff.get(f"/campus/demande/export.csv?par=metier&bassin={area}")) for area in AREAS}
    assert [(line["Total, postes"], line["Total, places"]) for area in AREAS for line in found[area]] == AREAS_SAY


AREAS = ("2405", "2406", "9999", "")
AREAS_SAY = [("8", "0"), ("4", "12"), ("12", "12")]


def test_level_and_quarter_narrow_page_and_file_alike(as_staff, make):
    skill = make.skill("Souder")
    for level in (2, 3):
        make.need(skills=[(skill, level, Importance.ESSENTIAL)], posts=level, earliest=None, latest=None)
    asked = "par=competence&niveau=3&trimestre=sans-date"
    (line,) = lines(as_staff.get(f"/campus/demande/export.csv?{asked}"))
    assert (line["Niveau"], line["Sans date, postes"]) == ("3", "3")
    assert len([title for title in line if title.endswith(", écart")]) == 2
    assert "niveau 3</small>" in as_staff.get(f"/campus/demande/?{asked}").text
    assert lines(as_staff.get("/campus/demande/export.csv?par=competence&trimestre=plus-tard")) == []


def test_each_step_opens_its_rows(as_staff, make, need, trade):
    other = make.need(occupation=trade, posts=1)
    page = as_staff.get("/campus/demande/?par=famille&vue=etapes").text
    assert "Conducteur" not in page.split("<h1")[0]
    everything = as_staff.get("/campus/demande/lignes?par=famille&cle=Z9000&etape=declares").text
    engaged = as_staff.get("/campus/demande/lignes?par=famille&cle=Z9000&etape=engages").text
    assert other.title in everything
    assert need.title in engaged
    assert other.title not in engaged


def test_a_step_nobody_has_come_to_says_what_to_do(as_staff, make, trade):
    make.need(occupation=trade)
    assert "choisissez une autre étape" in as_staff.get("/campus/demande/?par=metier&etape=constates").text


def test_the_page_says_what_was_supposed_and_what_was_learnt(as_staff, make, trade):
    ended = make.need(occupation=trade, posts=3, state="expired")
    make.need(occupation=trade)
    page = as_staff.get("/campus/demande/?par=metier").text
    assert "Comment c’est compté" in page
    assert "1 sur 4" in page
    assert "14\u00a0%" in page, f"1 / (4 + {ended.posts})"
