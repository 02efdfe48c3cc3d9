"""Sponsors and the public read frozen figures: small ones hidden, each shown one open on proofs without names."""

import re
from datetime import timedelta

import pytest

from campus import clock
from campus.models import CoverageKind, CoverageSource, EnrolmentState, FrozenReport, NeedPost
from campus.queries.report_proofs import proofs_of
from campus.queries.report_published import published_report
from campus.services import ledger, reports
from tests.reports.test_staff_reports import declare
from tests.reports.workbooks import tables_of

K = CoverageKind


@pytest.fixture
def world(db, make, stop_clock):
    """Four firms with posts in one family, three in a second, one alone in a third; frozen, and a month gone by."""
    trade, lone = make.occupation("Conduite de ligne"), make.occupation("Métrologie rare")
    staff, firms = make.staff(), [make.organisation(name=f"Cosmétiques {each}") for each in range(4)]
    for place, firm in enumerate(firms):
        need = declare(make, make.need(firm, occupation=trade, posts=6))
        for number in range(1, 3 + (place == 0)):
            hire(db, make, staff, need, number)
    declare(make, make.need(firms[0], occupation=lone, posts=7))
    other = make.occupation("Conditionnement")
    for firm in firms[:3]:
        declare(make, make.need(firm, occupation=other, posts=2))
    stop_clock(clock.now() + timedelta(days=30))
    made = make.save(reports.freeze(staff, clock.today() - timedelta(days=1)))
    return made, trade, lone


def hire(db, make, staff, need, number):
    """Train and hire somebody on one post."""
    person = make.enrolment(
        make.course_session(), make.trainee(display_name="Camille Candidate"), state=EnrolmentState.CONFIRMED
    )
    post = db.session.query(NeedPost).filter_by(need_id=need.id, number=number).one()
    for kind in (K.ENROLLED, K.COMPLETED, K.HIRED):
        ledger.append(staff, post.id, kind, enrolment=person, source=CoverageSource.CAMPUS)


def test_an_observer_goes_from_a_figure_to_its_proofs_without_a_name(world, as_observer):
    page = as_observer.get("/indicateurs/bilan/").page
    _report, trade, _lone = world
    assert trade.label in page.text
    opened = as_observer.get(next(url for words, url in page.links.items() if words == "9")).page
    assert opened.text.count("selon le campus") == 1
    assert not re.findall("Cosmétiques|Candidate|T-[0-9]{4}", opened.text)
    figures = {words: url for words, url in page.links.items() if "voir ce qui est derrière" in words}
    assert [words.split()[0] for words in figures] == ["37", "9", "9", "9", "9", "9"]
    for url in figures.values():
        rows = tables_of(as_observer.get(url).page)[0]
        assert all(int(posts) >= 5 and int(firms) >= 3 for *_words, posts, firms in rows)


def test_posts_committed_by_seats_alone_stand_in_the_month_of_the_seat(db, make, stop_clock):
    staff, trade = make.staff(), make.occupation()
    for firm in range(3):
        need = declare(make, make.need(posts=2, occupation=trade))
        stop_clock(clock.now() + timedelta(days=40 * (firm == 0)))
        hire(db, make, staff, need, 1)
        hire(db, make, staff, need, 2)
    month = f"{clock.today():%Y-%m}"
    stop_clock(clock.now() + timedelta(days=1))
    made = make.save(reports.freeze(staff, clock.today() - timedelta(days=1)))
    (lines,) = proofs_of(made.id, "committed").families.values()
    assert [(line.month, line.posts, line.kinds) for line in lines] == [(month, 6, ("enrolled",))]


def test_the_figure_of_a_single_firm_is_hidden_and_so_is_one_that_would_reveal_it(world, as_observer):
    text = as_observer.get("/indicateurs/bilan/").page.text
    assert not {"Métrologie rare", "Conditionnement"} & set(re.findall("Métrologie rare|Conditionnement", text))
    assert "2 familles ne sont pas montrées" in text


def test_a_hidden_figure_opens_nothing(world, as_observer):
    report, _trade, lone = world
    url = f"/indicateurs/bilan/preuves?etape=declared&famille={lone.parent_code}&arrete={report.id}"
    assert as_observer.get(url).status_code == 404


def test_everybody_reads_the_last_frozen_figures_and_opens_none(world, client):
    page = client.get("/chiffres").page
    assert "Arrêté au" in page.text
    assert not [url for url in page.links.values() if "preuves" in url]


def test_before_anything_is_frozen_the_pages_say_what_will_be_there(client, as_observer):
    for text in (client.get("/chiffres").page.text, as_observer.get("/indicateurs/bilan/").page.text):
        assert "Aucun bilan arrêté" in text


def test_the_file_of_an_observer_hides_what_the_page_hides(world, as_observer):
    lines = as_observer.get("/indicateurs/bilan/familles.csv").data.decode("utf-8-sig")
    rows = [line.split(";")[:2] for line in lines.split("\r\n")[1:3]]
    assert rows == [["Conduite de ligne", "24"], ["Ensemble", "37"]]


@pytest.mark.parametrize(
    "address",
    [
        "/indicateurs/bilan/familles.csv",
        "/campus/bilans/par/familles/export.csv",
        "/campus/bilans/formations/export.csv",
    ],
)
def test_a_file_of_a_frozen_day_bears_the_rules_of_that_day(world, make, as_observer, as_staff, address):
    report, *_rest = world
    old = {"day": report.day - timedelta(days=1), "rules": "1", "author": report.author}
    first = make.save(FrozenReport(figures=report.figures, digest=report.digest, **old))
    browser = as_observer if address.startswith("/indicateurs") else as_staff
    for each in (first, report):
        lines = browser.get(f"{address}?arrete={each.id}").data.decode("utf-8-sig").split("\r\n")
        assert {line.split(";")[-1] for line in lines[1:] if line} == {each.rules}


def test_figures_published_never_change(db, make, world):
    report, trade, _lone = world
    before = published_report(report.id)
    declare(make, make.need(make.organisation(), occupation=trade, posts=60))
    assert published_report(report.id) == before
    assert reports.comes_out_again(report)


def test_the_staff_freeze_a_day_and_count_it_again(world, as_staff):
    day = clock.today() - timedelta(days=2)
    assert as_staff.post_form("/campus/bilans/arretes", {"day": day.isoformat()}).status_code == 303
    twice = as_staff.post_form("/campus/bilans/arretes", {"day": day.isoformat()})
    assert (twice.status_code, "déjà arrêtés" in twice.page.text) == (409, True)
    report, *_rest = world
    url = f"/campus/bilans/arretes/{report.id}/recompte"
    assert as_staff.post_form(url, at="/campus/bilans/arretes").status_code == 303
    assert "chaque chiffre est le même" in as_staff.get("/campus/bilans/arretes").page.text


def test_a_frozen_report_is_read_by_the_staff_like_today(world, as_staff):
    report, *_rest = world
    page = as_staff.get(f"/campus/bilans/?arrete={report.id}").page
    opened = as_staff.get(next(url for words, url in page.links.items() if words.startswith("37 Postes"))).page
    assert "Postes37Besoins (n)8" in opened.text


def test_a_firm_reads_what_became_of_its_own_posts_and_no_other(make, sign_in, world):
    firm = make.organisation()
    person = make.employer(firm)
    need = declare(make, make.need(firm, posts=4))
    browser = sign_in(person)
    page = browser.get(f"/entreprise/etablissements/{firm.id}/bilan/").page
    opened = browser.get(next(url for words, url in page.links.items() if words.startswith("4 Postes"))).page
    assert need.reference in opened.text
    other = make.organisation()
    assert browser.get(f"/entreprise/etablissements/{other.id}/bilan/").status_code == 404
