"""The pages and files of reports say, cell by cell, what a recount from raw rows says; what is hidden stays hidden."""

import re
from datetime import datetime, time, timedelta

import pytest

from campus import clock
from campus.services.reports import freeze
from tests.reports import recount
from tests.reports.full_lives import FullLives
from tests.reports.recount_delays import PARIS
from tests.reports.recount_dossiers import (
    STEPS_SHOWN,
    by_step,
    cohort,
    families,
    groups,
    money,
    of_year,
    rates,
    reasons,
    titles,
    whole,
)
from tests.reports.workbooks import tables_of

FIRMS = "SELECT id, name FROM organisations"
COSTS = "SELECT course_id, cost FROM course_teachings WHERE cost IS NOT NULL"
SIRENS = "SELECT id, substr(siret, 1, 9) AS siren FROM organisations"
YEARS = ("", "2027", "2028")
PLACES = {"cohortes": 0, "familles": 1, "entreprises": 2}
TAUGHT = {"trimestres": 0, "formations": 1, "familles": 2}


def rungs(page):
    """Read the funnel of a page: for each step its posts and its firms; None for what is hidden or not said."""
    (listed,) = [each for each in page.all("ol") if each.get("class") == "funnel"]
    return [_rung("".join(each.itertext())) for each in listed.iter("li")]


def _rung(text):
    value = re.search(r"(?:déclaré|engagé|constaté)\s*(caché|\d+)", text)[1]
    firms = re.search(r"n = (\d+) entreprise", text)
    return (None if value == "caché" else int(value), int(firms[1]) if firms else None)


def funnel_rows(known, place, names):
    """Give the rows of a table of the funnel, in the order of their words, those without a word last."""
    found = [
        (not key, names(key), [figures["needs"], *(figures[step] for step in (*STEPS_SHOWN, "due", "withdrawn"))])
        for key, figures in groups(known, place).items()
    ]
    return [[label, *map(str, figures)] for _last, label, figures in sorted(found)]


def names_by(dimension, until):
    """Name what rows are about."""
    if dimension in {"cohortes", "trimestres"}:
        return cohort
    if dimension == "formations":
        return titles(until).__getitem__
    if dimension == "familles":
        known = families(until)
        return lambda key: known[key] or key
    known = {str(each["id"]).replace("-", ""): each["name"] for each in recount.rows(FIRMS, until)}
    return known.__getitem__


def spent(found, until):
    """Add up what sessions cost, course by course: the cost as it is written, and how many sessions it adds up."""
    costs = {str(each["course_id"]).replace("-", ""): each["cost"] for each in recount.rows(COSTS, until)}
    known = [(money(costs[where[1]]), figures["sessions"]) for where, figures in found if where[1] in costs]
    total = f"{sum(cost * n for cost, n in known):,.2f}".rstrip("0").rstrip(".").replace(",", " ").replace(".", ",")
    return f"{total} € (n = {sum(n for _cost, n in known)})" if known else "–"


def taught_row(label, figures, cost):
    """Give a row of the table of courses, as it is written."""
    fill, completion, mean = rates(figures)
    n, percent = figures["opinions"], lambda value: "–" if value is None else f"{value} %"
    said = "–" if mean is None else f"{mean:f}".replace(".", ",").removesuffix(",0") + f" sur 5 (n = {n})"
    finished = figures["completed"] + figures["part"]
    counts = [figures["sessions"], figures["seats"], figures["began"], percent(fill), finished, percent(completion)]
    return [label, *map(str, counts), str(figures["dropped"]), said, cost]


def taught_rows(known, dimension, until):
    """Give the table of courses, its total last."""
    name = names_by(dimension, until)
    place, found = TAUGHT[dimension], []
    for key, figures in groups(known, place).items():
        cost = spent([each for each in known if each[0][place] == key], until)
        found.append((key, taught_row(name(key), figures, cost)))
    if dimension != "trimestres":
        found.sort(key=lambda each: each[1][0])
    return [*(row for _key, row in found), taught_row("Ensemble", whole(known), spent(known, until))]


def check_staff(browser, counted, years, asked=""):
    """Compare what the staff read, all years or some, today or on a frozen day."""
    posts, taught, until = counted
    for year in years:
        known, held = of_year(posts, year), of_year(taught, year)
        page = browser.page(f"/campus/bilans/?annee={year}{asked}")
        assert rungs(page) == by_step(known)
        for dimension, place in PLACES.items():
            table = browser.page(f"/campus/bilans/par/{dimension}?annee={year}{asked}") if known else None
            expected = funnel_rows(known, place, names_by(dimension, until))
            assert tables_of(table)[0] == expected if table else not expected
        assert tables_of(page)[:1] == [funnel_rows(known, 0, cohort)]
        for dimension in TAUGHT if held else ():
            page = browser.page(f"/campus/bilans/formations/?par={dimension}&annee={year}{asked}")
            assert tables_of(page)[0] == taught_rows(held, dimension, until)


def check_reasons(browser, years):
    """Compare why people stopped."""
    for year in years:
        expected = [[reason, str(n)] for reason, n in reasons(year, clock.now())]
        assert tables_of(browser.page(f"/campus/bilans/formations/?annee={year}"))[1:] == [expected] * bool(expected)


def check_firm(browser, firm, posts):
    """Compare what a firm reads of itself."""
    mine = [(where, figures) for where, figures in posts.items() if where[2] == firm.hex]
    page = browser.page(f"/entreprise/etablissements/{firm}/bilan/")
    assert rungs(page) == by_step(mine)
    assert tables_of(page)[0] == funnel_rows(mine, 0, cohort)


def check_published(rows, known, place, until):
    """Compare a published table: what is shown is the recount, what is small is not; count the cells shown."""
    name, shown = names_by("cohortes" if place == 0 else "familles", until), 0
    sirens = {str(each["id"]).replace("-", ""): each["siren"] for each in recount.rows(SIRENS, until)}
    known = [((*where[:2], sirens[where[2]]), figures) for where, figures in known]
    parts = {name(key): [each for each in known if each[0][place] == key] for key in groups(known, place)}
    told = {row[0]: row[1:] for row in rows}
    for label, part in {**parts, "Ensemble": known}.items():
        for cell, (posts, firms) in zip(told.get(label, ["caché"] * 7), by_step(part), strict=True):
            assert cell in {"caché", str(posts)}
            assert cell == "caché" or not posts or (posts >= 5 and firms >= 3)
            shown += cell != "caché"
    assert set(told) <= {*parts, "Ensemble"}
    return shown


def check_observers(browser, known, until):
    """Compare what sponsors and everybody read; count the cells shown."""
    page, public = browser.page("/indicateurs/bilan/"), browser.page("/chiffres")
    for posts, (value, _firms) in zip(by_step(known), rungs(page), strict=True):
        assert value in {None, posts[0]}
    assert rungs(public) == rungs(page)
    cohorts, trades = tables_of(page)
    assert tables_of(public) == [cohorts]
    return check_published(cohorts, known, 0, until) + check_published(trades, known, 1, until)


def check(seed, sign_in, make, years=YEARS):
    """Live, freeze a day, live on; compare the pages of today and of the frozen day; count what observers are shown."""
    lives = FullLives.lived(seed)
    midnight = datetime.combine(clock.today() + timedelta(days=1), time.min, PARIS) - timedelta(microseconds=1)
    then = (recount.funnel(midnight), recount.training(midnight), midnight)
    clock.freeze(midnight + timedelta(hours=10))
    key = freeze(lives.staff, clock.today() - timedelta(days=1)).id
    lives.live(15)
    now = (recount.funnel(clock.now()), recount.training(clock.now()), clock.now())
    firms = [(author, each.id) for author, each in zip(lives.authors[:2], lives.firms, strict=False)]
    people = [sign_in(each) for each in (lives.staff, make.observer(), *(author for author, _firm in firms))]
    check_staff(people[0], now, years)
    check_staff(people[0], then, years[-1:], f"&arrete={key}")
    check_reasons(people[0], years)
    for browser, (_author, firm) in zip(people[2:], firms, strict=True):
        check_firm(browser, firm, now[0])
    assert now[:2] != then[:2]
    return check_observers(people[1], list(then[0].items()), midnight)


def test_the_pages_of_reports_say_the_recount(db, make, sign_in):
    assert check(7, sign_in, make, ("2027",)) > 10


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_the_pages_of_many_campuses_say_the_recount(db, make, sign_in, seed):
    check(seed, sign_in, make)
