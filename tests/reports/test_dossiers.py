"""Dossiers open as accessible PDF and as a workbook, for a period, and say what was typed and what was counted."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from campus import clock
from campus.models import (
    AuditEvent,
    CertificationKind,
    Course,
    CourseEquipment,
    CourseOccupation,
    CourseSessionState,
    CourseTeaching,
    EnrolmentState,
    Half,
    IndicatorTarget,
)
from campus.queries.dossiers import amounts_of, year_of
from campus.queries.report_cube import cube_today
from campus.reports.bilan import Learner, Teacher, Year, checks, frame_of, specialities
from campus.reports.book import read
from campus.reports.funnel import STEPS, grouped, total
from campus.services.reports import freeze
from tests import make
from tests.reports import recount
from tests.reports.workbooks import sheets_of

NAMES = ("carte", "indicateurs", "bilan", "rapport")


@pytest.fixture
def staff(client, lives):
    return client.sign_in_as(lives.staff)


def pdf_of(browser, name, *, start="", **asked):
    answer = browser.get(f"{start}/campus/dossiers/{name}.pdf", query_string={"edition": "interne", **asked})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data))


@pytest.mark.parametrize(("language", "start"), [("fr", ""), ("en", "/en")])
def test_each_dossier_is_tagged_titled_and_in_the_readers_language(staff, language, start):
    for name in NAMES:
        read_back = pdf_of(staff, name, start=start, annee=2027)
        catalogue = read_back.trailer["/Root"]
        assert catalogue["/Lang"] == language
        assert catalogue["/MarkInfo"]["/Marked"]
        assert catalogue["/StructTreeRoot"]
        assert read_back.metadata.title
        assert "<pdfuaid:part>1</pdfuaid:part>" in read_back.xmp_metadata.stream.get_data().decode()


def test_charts_have_an_alternative_with_their_numbers(staff):
    whole = total({where: each for where, each in cube_today().items() if where.quarter.startswith("2027")})
    said = [each for each in _alternatives(pdf_of(staff, "rapport", annee=2027)) if str(whole["declared"]) in each]
    assert said


def _alternatives(read):
    objects = (
        read.get_object(number) for number in range(1, len(read.xref_objStm) + sum(map(len, read.xref.values())))
    )
    return [str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each]


def test_the_annual_report_says_the_figures_of_a_recount(staff):
    sheets = sheets_of(staff, "rapport", annee=2027)
    counted = recount.funnel(clock.now())
    for place, step in enumerate(STEPS):
        told = next(rows for rows in sheets.values() if len(rows) == len(STEPS) + 1)[place + 1][1]
        assert told == sum(each[step] for (cohort, _family, _firm), each in counted.items() if cohort < "2028")


def test_a_frozen_day_is_told_as_it_was_whatever_happened_since(client, lives):
    kept = freeze(lives.staff, clock.today() - timedelta(days=1))
    figures, day, key = total(read(kept.figures).funnel), kept.day, kept.id
    lives.live(20)
    staff = client.sign_in_as(lives.staff)
    rows = next(rows for rows in sheets_of(staff, "indicateurs", arrete=key).values() if len(rows[0]) == 10)
    assert [row[4] for row in rows[1 : len(STEPS) + 1]] == [figures[step] for step in STEPS]
    assert {row[5] for row in rows[1:]} == {day}


def test_a_target_is_typed_kept_and_printed(staff, db):
    typed = {"baseline": "12", "baseline_on": "2026-01-01", "target": "1 250,5", "target_on": "2027-12-31"}
    form = {**typed, "source": "Comité de projet", "responsible": "", "csrf_token": staff.new_csrf_token()}
    assert staff.post("/campus/dossiers/indicateurs/hired", data=form).status_code == 303
    kept = db.session.scalars(select(IndicatorTarget)).one()
    assert (kept.figure, kept.target) == ("hired", Decimal("1250.50"))
    line = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "indicator_set")).one()
    assert line.details["changed"]["source"] == [None, "Comité de projet"]
    rows = next(rows for rows in sheets_of(staff, "indicateurs").values() if len(rows[0]) == 10)
    assert any(row[2] == 12 and row[6] == 1250.5 and row[8] == "Comité de projet" for row in rows)


def test_amounts_are_kept_by_year_and_what_does_not_add_up_is_said(staff):
    form = {"charges": "1000", "wages": "1500", "state": "300", "csrf_token": staff.new_csrf_token()}
    assert staff.post("/campus/dossiers/montants/2027", data=form).status_code == 303
    assert amounts_of(2027) == {"charges": 1000, "wages": 1500, "state": 300}
    assert amounts_of(2026) == {}
    page = staff.get("/campus/dossiers/coherence?annee=2027").text
    assert "Salaires des personnes qui forment : au plus" in page.replace("\xa0", " ").replace("\u202f", " ")
    wrong = {"charges": "mille", "csrf_token": staff.new_csrf_token()}
    assert staff.post("/campus/dossiers/montants/2027", data=wrong).status_code == 422


def test_learners_and_hours_of_a_year_equal_a_recount(lives):
    for year in (2027, 2028):
        known = year_of(year)
        people, hours = recount.learners(year)
        assert len(known.learners) == people
        assert sum(each.done for each in known.learners) == 60 * hours


def test_two_trainers_of_one_name_are_two_lines(db, stop_clock):
    stop_clock(datetime(2027, 3, 1, tzinfo=UTC))
    session = make.course_session(starts_on=date(2027, 3, 1))
    for half in Half:
        make.slot(session, half=half, trainer=make.trainer(display_name="Camille Martin"))
    assert year_of(2027).teachers == (Teacher("Camille Martin", 210),) * 2


def test_certifications_of_the_other_register_are_one_line_whatever_their_level(db):
    for level in (None, 4):
        course = make.course([], certification_kind=CertificationKind.RS, certification_level=level)
        session = make.course_session(course, starts_on=date(2026, 3, 2))
        make.enrolment(session, make.trainee(), state=EnrolmentState.ATTENDED)
    assert [each.objective for each in year_of(2026).learners] == ["rs", "rs"]


def test_the_map_tells_one_course_of_a_trade_with_its_own_equipment_cost_and_seats(client, db):
    trade = make.occupation("Conduite de ligne")
    make.need(posts=9, occupation=trade)
    for title, cost, thing in (("Allemand", 10, "Casque"), ("Conduite", 900, "Ligne")):
        course = make.course([], title=title)
        make.save(CourseOccupation(course_id=course.id, occupation_id=trade.id))
        make.save(CourseEquipment(course_id=course.id, name=thing))
        make.save(CourseTeaching(course_id=course.id, cost=Decimal(cost), seats_min=1, seats_max=4))
    make.course_session(course, state=CourseSessionState.OPEN, seats_max=4)
    db.session.commit()
    _about, (_header, row) = sheets_of(client.sign_in_as(make.staff()), "carte").values()
    assert row[4:] == [4, 5, "Conduite (et 1 autre)", "Ligne", 900, 4]


def test_the_families_of_the_map_add_up_to_the_whole(lives):
    cube = cube_today()
    groups = grouped(cube, lambda where: where.family).values()
    assert sum(each["declared"] for each in groups) == total(cube)["declared"]


def test_hours_are_those_signed_else_those_of_the_programme():
    def learner(**given):
        usual = {"kind": "unknown", "objective": "rncp3", "speciality": "222", "state": "completed"}
        return Learner(**{**usual, "minutes": None, "programme": 70, **given})

    known = (learner(minutes=90), learner(), learner(state="dropped_out"), learner(kind="private", speciality=""))
    assert frame_of(known, lambda each: each.kind) == {"private": (1, 70), "unknown": (3, Decimal("71.5"))}
    found = {each.name: each for each in checks(Year(known, (), 2, {"charges": Decimal(10), "wages": Decimal(20)}))}
    assert not found["wages"].right
    assert (found["speciality"].found, found["sheet"].found, found["trainer"].found) == (1, 3, 2)
    assert found["f1"].right


def test_five_specialities_have_a_line_of_the_form_and_the_others_are_summed():
    def learners(group, people, minutes=60):
        return [Learner("private", "none", group, "completed", minutes, 70)] * people

    counts = {"222": 9, "": 8, "250": 7, "311": 6, "201": 5, "254": 3, "251": 3, "413": 1}
    known = [each for group, people in counts.items() for each in learners(group, people, 90 if group == "251" else 60)]
    told = [(each.group, each.people, each.hours, each.line) for each in specialities(known)]
    assert told == [
        ("222", 9, 9, 1),
        ("", 8, 8, None),
        ("250", 7, 7, 2),
        ("311", 6, 6, 3),
        ("201", 5, 5, 4),
        ("251", 3, Decimal("4.5"), 5),
        ("254", 3, 3, None),
        ("413", 1, 1, None),
    ]


def test_the_report_tells_the_specialities_of_courses_with_their_labels(staff, lives, db):
    db.session.execute(update(Course).where(Course.title.not_like("Cours %")).values(nsf_code="222u"))
    db.session.commit()
    sheets = sheets_of(staff, "bilan", annee=2027)
    by_label = {row[0]: row[1:] for name, rows in sheets.items() if name.startswith("Cadre F 4") for row in rows}
    coded = by_label["222 Transformations chimiques et apparentées (y compris industrie pharmaceutique)"]
    labels = ("Spécialité non précisée", "Total des autres spécialités", "Total")
    other, others, whole = (by_label[each] for each in labels)
    assert (coded[0], other[0], others) == ("Ligne 1", "Autres", other)
    assert list(whole[1:]) == [coded[1] + other[1], coded[2] + other[2]]
    assert tuple(whole[1:]) == recount.learners(2027)


def test_a_firm_reads_no_dossier(client, lives):
    assert client.sign_in_as(lives.authors[0]).get("/campus/dossiers/").status_code == 403
    assert make.staff() is not None
