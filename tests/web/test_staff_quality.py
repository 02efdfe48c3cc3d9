"""The quality of the data: what is to be mended, kind by kind, and what each button does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campus import clock
from campus import db as database
from campus.models import AuditEvent, Course, Importance, Mail, Need, ReferentialVersion
from campus.services.quality import NobodyIsAsked, ask_renewal

HERE = "/campus/demande/qualite/"


def text(page) -> str:
    return " ".join(page.text.replace("\xa0", " ").replace("\u202f", " ").replace("’", "'").split())


@pytest.fixture
def twins(make):
    """Two needs of one site that say the same."""
    site, skills, trade = make.organisation(), [make.skill() for _each in range(3)], make.occupation()
    return [make.need(site, skills=skills, occupation=trade) for _each in range(2)]


@pytest.fixture
def retired(make):
    """An occupation that a new version retired, and the one that its titles went to."""
    heir, other = make.occupation("Régleur", code="H2999"), make.occupation("Conducteur", parent_code="H29")
    moved = [{"code": "H2901", "label": "Monteur", "heirs": [{"code": heir.code, "titles": 4}]}]
    version = make.save(ReferentialVersion(source="rome", version="99", report={"vanished": moved}))
    gone = make.occupation("Monteur", code="H2901", parent_code="H29", retired_in_id=version.id)
    return gone, heir, other


def test_nothing_to_mend_says_so(as_staff):
    assert "Rien à reprendre ici" in text(as_staff.page(HERE))


def test_needs_without_levels_lead_to_a_question_that_names_the_skills(as_staff, make):
    need = make.need(skills=[make.skill("Peser"), (make.skill("Doser"), None, Importance.ESSENTIAL), make.skill()])
    page = as_staff.page(HERE)
    assert "1 sur 3 : Doser" in text(page)
    asked = as_staff.page(f"/campus/besoins/{need.id}?question=niveaux")
    [question] = [form.values["question"][0] for form in asked.forms if "question" in form.values]
    assert "- Doser" in question
    assert "Peser" not in question


def test_a_need_untouched_for_long_is_asked_about_once(as_staff, make):
    need = make.need()
    database.session.execute(
        Need.__table__.update().where(Need.id == need.id).values(updated_at=clock.now() - timedelta(days=61))
    )
    database.session.commit()
    url = f"{HERE}besoins/{need.id}/relancer"
    assert as_staff.post_form(url, at=f"{HERE}?type=anciens").status_code == 303
    [mail] = database.session.scalars(select(Mail).where(Mail.kind == "need_expiring")).all()
    assert mail.account_id == need.author_id
    assert "Question envoyée" in text(as_staff.page(f"{HERE}?type=anciens"))
    again = as_staff.post(url, data={"csrf_token": as_staff.new_csrf_token()})
    assert again.status_code == 409


def test_nobody_is_asked_in_august(make, monkeypatch):
    need = make.need()
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 8, 10, 12, tzinfo=UTC))
    with pytest.raises(NobodyIsAsked):
        ask_renewal(make.staff(), need)


def test_a_need_whose_date_has_passed_is_listed(as_staff, make):
    make.need(title="En retard", earliest=None, latest=clock.today() - timedelta(days=1))
    make.need(title="À temps")
    page = text(as_staff.page(f"{HERE}?type=anciens"))
    assert "En retard" in page
    assert "À temps" not in page


def test_duplicates_are_shown_until_both_are_kept(as_staff, twins):
    first, second = sorted(twins, key=lambda need: need.id)
    page = f"{HERE}?type=doublons"
    assert first.reference in text(as_staff.page(page))
    as_staff.post_form(f"{HERE}besoins/{first.id}/garder/{second.id}", at=page)
    assert "Rien à reprendre ici" in text(as_staff.page(page))
    kept = select(AuditEvent.subject_id).where(AuditEvent.action == "kept_both")
    assert set(database.session.scalars(kept)) == {str(first.id), str(second.id)}


def test_the_firm_is_asked_whether_two_needs_are_one(as_staff, twins):
    first, second = twins
    asked = as_staff.page(f"/campus/besoins/{second.id}?question=doublon&autre={first.id}")
    assert f"ressemble à votre besoin {first.reference}" in text(asked)


def test_another_firm_s_need_is_never_named_in_a_question(as_staff, make):
    need, other = make.need(), make.need()
    assert other.reference not in text(as_staff.page(f"/campus/besoins/{need.id}?question=doublon&autre={other.id}"))


def test_a_need_is_filed_again_under_the_sheet_that_its_titles_went_to(as_staff, make, retired):
    gone, heir, other = retired
    need, page = make.need(occupation=gone), f"{HERE}?type=metiers"
    shown = text(as_staff.page(page))
    assert shown.index(heir.code) < shown.index(other.code)
    as_staff.post_form(f"{HERE}besoins/{need.id}/reclasser", {"successor": str(heir.id)}, at=page)
    assert database.session.get_one(Need, need.id, populate_existing=True).occupation_id == heir.id
    assert "Rien à reprendre ici" in text(as_staff.page(page))


def test_a_course_is_filed_again_and_keeps_its_other_occupations(as_staff, make, retired):
    gone, heir, other = retired
    course, page = make.course(occupations=[gone, other]), f"{HERE}?type=metiers"
    as_staff.post_form(f"{HERE}formations/{course.id}/reclasser/{gone.id}", {"successor": str(heir.id)}, at=page)
    filed = database.session.get_one(Course, course.id, populate_existing=True)
    assert {each.id for each in filed.occupations} == {heir.id, other.id}


def test_filing_again_under_a_retired_occupation_is_refused_and_none_chosen_says_what_to_do(as_staff, make, retired):
    need = make.need(occupation=retired[0])
    url, token = f"{HERE}besoins/{need.id}/reclasser", as_staff.new_csrf_token()
    assert as_staff.post(url, data={"csrf_token": token, "successor": str(retired[0].id)}).status_code == 409
    answer = as_staff.post(url, data={"csrf_token": token})
    assert answer.status_code == 422
    assert "Choisissez le métier" in text(answer.page)


def test_retired_skills_that_are_still_asked_lead_to_a_merge(as_staff, make, retired):
    skill = make.skill("Ancienne", retired_in_id=retired[0].retired_in_id)
    make.need(skills=[skill, make.skill(), make.skill()])
    page = as_staff.page(f"{HERE}?type=competences")
    assert "Ancienne" in text(page)
    assert "Choisir celle qui la remplace" in text(page)


@pytest.mark.parametrize("kind", ["niveaux", "anciens", "doublons", "metiers", "competences"])
def test_a_word_narrows_each_list(as_staff, make, twins, retired, kind):
    old = make.skill("Rivet", retired_in_id=retired[0].retired_in_id)
    past = clock.today() - timedelta(days=1)
    unlevelled = [(make.skill(), None, Importance.ESSENTIAL), old, make.skill()]
    make.need(title="Rivet", skills=unlevelled, occupation=retired[0], earliest=None, latest=past)
    assert "Aucune ligne ne correspond" in text(as_staff.page(f"{HERE}?type={kind}&q=zzz"))
    narrowed = text(as_staff.page(f"{HERE}?type={kind}&q=rivet"))
    assert ("Aucune ligne" in narrowed) is (kind == "doublons")


def test_many_lines_cost_as_many_queries_as_few(as_staff, make, twins, count_queries):
    for _each in range(8):
        make.need(
            twins[0].organisation, skills=[line.skill for line in twins[0].skills], occupation=twins[0].occupation
        )
    as_staff.page(f"{HERE}?type=doublons")
    with count_queries(at_most=12):
        as_staff.page(f"{HERE}?type=doublons&q=laboratoires")
