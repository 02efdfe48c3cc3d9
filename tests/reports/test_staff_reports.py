"""The staff read the funnel, open each figure down to its needs, and take it away as a file."""

import re

import pytest

from campus import clock
from campus.models import CommitmentStep, CoverageKind, CoverageSource, EnrolmentState, NeedPost
from campus.models.commitments import Commitment
from campus.services import ledger

K = CoverageKind


def declare(make, need):
    """Write down that a need is declared."""
    said = {"organisation_id": need.organisation_id, "need_id": need.id, "actor_id": need.author_id}
    make.save(Commitment(step=CommitmentStep.DECLARED, posts=need.posts, **said))
    return need


@pytest.fixture
def hired(db, make):
    """A need of three posts, on one of which somebody was trained and hired."""
    trade = make.occupation("Conducteur / Conductrice de ligne")
    need = declare(make, make.need(posts=3, occupation=trade))
    person = make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState.CONFIRMED)
    post = db.session.query(NeedPost).filter_by(need_id=need.id, number=1).one()
    for kind in (K.PROPOSED, K.ENROLLED, K.STARTED, K.COMPLETED, K.HIRED):
        ledger.append(make.staff(), post.id, kind, enrolment=person, source=CoverageSource.CAMPUS)
    db.session.commit()
    return need


def figures(page):
    """Read the figures of the funnel, in the order of its steps."""
    return [int(each) for each in re.findall(r'class="n"[^>]*>(\d+)', page)]


def test_the_funnel_counts_posts_step_by_step(as_staff, hired):
    assert figures(as_staff.get("/campus/bilans/").text) == [3, 1, 1, 1, 1, 1, 0]


def test_a_campus_without_a_need_is_told_what_opens_the_report(as_staff):
    assert "Rien à compter encore" in as_staff.get("/campus/bilans/").text


def test_a_figure_opens_the_needs_that_make_it(as_staff, make, hired):
    declare(make, make.need(posts=5))
    links = as_staff.get("/campus/bilans/").page.links
    opened = as_staff.get(next(url for words, url in links.items() if words.startswith("1 Embauches"))).page
    assert hired.reference in opened.text
    assert "Postes1Besoins (n)1" in opened.text
    assert as_staff.get(opened.links["Journal " + hired.reference]).page.text.count("Embauche faite") == 1


@pytest.mark.parametrize("dimension", ["cohortes", "familles", "entreprises"])
def test_the_export_holds_the_figures_of_the_page_with_their_proof_and_day(as_staff, hired, dimension):
    answer = as_staff.get(f"/campus/bilans/par/{dimension}/export.csv")
    titles, row = (line.split(";") for line in answer.data.decode("utf-8-sig").split("\r\n")[:2])
    told = dict(zip(titles, row, strict=True))
    assert (told["Postes déclarés (déclaré)"], told["Embauches (constaté)"]) == ("3", "1")
    assert told["Arrêté au"] == f"{clock.today():%d/%m/%Y}"


def test_a_year_narrows_the_figures_and_what_they_open(as_staff, hired):
    page = as_staff.get(f"/campus/bilans/?annee={clock.today().year - 1}").text
    assert figures(page) == [0] * 7


def test_the_delays_say_their_n(as_staff, hired):
    page = as_staff.get("/campus/bilans/delais").page.text
    assert "De la déclaration à l'embauche1000" in page


def test_the_figures_of_thousands_of_needs_take_few_queries(as_staff, hired, count_queries):
    with count_queries(at_most=12):
        as_staff.get("/campus/bilans/")
