"""From a figure to what proves it: the staff down to the ledger of one post, a sponsor as far as no firm is named."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from campus import clock, db
from campus.models import CoverageKind, CoverageSource, EnrolmentState, NeedPost
from campus.services import ledger, reports
from tests.journeys.steps import ENGLISH, FRENCH, PLAIN, only_long, press, sign_in
from tests.make import PASSWORD
from tests.reports.test_staff_reports import declare

HIRED = datetime(2027, 3, 1, 8, tzinfo=UTC)
LATER = HIRED + timedelta(days=40)
BEFORE, SINCE = date(2027, 2, 28), date(2027, 3, 31)
STEPS = (CoverageKind.ENROLLED, CoverageKind.COMPLETED, CoverageKind.HIRED)
SPONSOR = "financeur@exemple.fr"
NAMES = re.compile("Cosmétiques|Candidate|T-[0-9]{4}")
# What a reader must find in their own language.
WORDS = {
    "fr": {
        "hidden": "caché",
        "hidden figure": "chiffre caché",
        "frozen": "Arrêté au 31 mars",
        "hire": "Embauche faite",
    },
    "en": {"hidden": "hidden", "hidden figure": "hidden figure", "frozen": "As of 31 March", "hire": "Hired"},
}
READERS = [FRENCH, ENGLISH, only_long(PLAIN)]


@pytest.fixture
def people(stop_clock, live_make):
    """Three firms in two trades, in the first with two hires each; one of them alone in a third; who reads of them."""
    stop_clock(HIRED)
    make, staff = live_make, live_make.staff()
    labels = ("Conduite de ligne", "Conditionnement", "Métrologie rare")
    trade, other, rare = (make.occupation(label) for label in labels)
    firms = [make.organisation(name=f"Cosmétiques {number}") for number in range(3)]
    for firm in firms:
        need = declare(make, make.need(firm, occupation=trade, posts=4))
        for post in db.session.query(NeedPost).filter(NeedPost.need_id == need.id, NeedPost.number < 3).all():
            person = make.trainee(display_name="Camille Candidate")
            hired = make.enrolment(make.course_session(), person, state=EnrolmentState.CONFIRMED)
            for kind in STEPS:
                ledger.append(staff, post.id, kind, enrolment=hired, source=CoverageSource.CAMPUS)
        declare(make, make.need(firm, occupation=other, posts=2))
    declare(make, make.need(firms[0], occupation=rare, posts=9))
    make.observer(email=SPONSOR, password=PASSWORD)
    found = {"staff": staff.id, "rare": rare.code}
    clock.freeze(LATER)
    reports.freeze(staff, BEFORE)
    declare(make, make.need(firms[0], occupation=trade, posts=5))
    db.session.commit()
    db.session.remove()
    return found


@pytest.fixture
def words(reader):
    """What the reader must find, in their language."""
    return WORDS[reader[1]]


def _told(page):
    """Give what a sponsor reads, in which nobody is named."""
    told = page.locator("main").inner_text()
    assert not NAMES.search(told)
    return told


def _declared(page):
    """Give the first figure of the funnel."""
    return page.locator("main .funnel .n").first.inner_text().split()[0]


def _figure(page, table, label, number):
    """Find a figure in a row of a table."""
    row = page.locator(f"section[aria-labelledby={table}] tr", has_text=label)
    return row.get_by_role("link", name=str(number), exact=True)


def _follow(page, link):
    with page.expect_navigation():
        link.click()


def _file(page, selector):
    """Take a table away, and read its lines."""
    with page.expect_download() as awaited:
        page.click(selector)
    return Path(awaited.value.path()).read_text("utf-8-sig").splitlines()


def _read_the_proofs(page, people):
    """Open the hires of a family: its definition, its months; what is hidden opens nothing."""
    _follow(page, _figure(page, "familles", "Conduite de ligne", 6).last)
    assert page.locator("main .lede").inner_text()
    assert [each.inner_text().strip() for each in page.locator("main tbody td.num").all()] == ["6", "3"]
    assert "2027-03" in _told(page)
    figure = page.url
    assert page.goto(re.sub("famille=[^&]*", f"famille={people['rare']}", figure)).status == 404
    page.goto(figure)


def _read_the_demand(page, words):
    """Read the demand: the figure of one firm is hidden, on the page and in its file."""
    press(page, "header nav a[href$='/indicateurs/demande/']")
    told = _told(page)
    assert words["hidden figure"] in told
    assert "12" in told
    (rare,) = (line for line in _file(page, "main a[href*='/export.csv']") if line.startswith("Métrologie rare"))
    assert words["hidden"] in rare
    assert "9" not in rare
    press(page, "main table tr:has-text('Conduite de ligne') a:has(b) >> nth=0")
    assert "12" in _told(page)


def _sponsor_reads(enter, people, words, axe):
    with enter("/compte/connexion") as page:
        sign_in(page, SPONSOR, PASSWORD)
        press(page, "header nav a[href$='/indicateurs/bilan/']")
        assert words["frozen"] in _told(page)
        assert _declared(page) == "27"
        assert "Métrologie rare" not in page.locator("main").inner_text()
        lines = _file(page, "main a[href*='familles.csv']")
        assert [line.split(";")[1] for line in lines[1:]] == ["12", "27"]
        _read_the_proofs(page, people)
        axe(page)
        press(page, "header nav a[href$='/indicateurs/bilan/']")
        press(page, "main .funnel a.n >> nth=0")
        assert "27" in _told(page)
        press(page, "header nav a[href$='/indicateurs/bilan/']")
        press(page, "main .chips a >> nth=-1")
        assert _declared(page) == "0"
        _read_the_demand(page, words)
        axe(page)


def _read_the_ledger(page, words):
    """Read what the ledger says of the first post: the hire, and of whom."""
    told = page.locator("section[aria-labelledby=poste-1]").inner_text()
    assert words["hire"] in told
    assert "Camille Candidate" in told


def _staff_read(enter, people, words, axe):
    with enter("/campus/bilans/arretes", people["staff"]) as page:
        page.fill("[name=day]", SINCE.isoformat())
        press(page, "main form .actions button")
        assert _declared(page) == "27"
        press(page, "header nav a[href$='/campus/bilans/']")
        assert _declared(page) == "32"
        press(page, "main .funnel a.n[href*='etape=hired']")
        assert page.locator("main .lede").inner_text()
        assert page.locator("main tbody tr").count() == 3
        press(page, "main tbody td a[href*='/couverture/'] >> nth=0")
        _read_the_ledger(page, words)
        axe(page)


def _staff_read_a_gap(enter, people, words):
    with enter("/campus/demande/?par=metier", people["staff"]) as page:
        press(page, "main table tr:has-text('Conduite de ligne') a:has(b) >> nth=0")
        needs = page.locator("section[aria-labelledby=besoins] tbody tr")
        assert needs.count() == 4
        press(page, "section[aria-labelledby=besoins] tbody th a >> nth=0")
        press(page, "main a[href$='/couverture/']")
        _read_the_ledger(page, words)


@pytest.mark.parametrize("reader", READERS, indirect=True)
def test_staff_and_sponsor_follow_figures_to_what_proves_them(enter, people, words, axe):
    _staff_read(enter, people, words, axe)
    _staff_read_a_gap(enter, people, words)
    _sponsor_reads(enter, people, words, axe)
