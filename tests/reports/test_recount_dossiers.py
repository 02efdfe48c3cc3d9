"""The workbooks of dossiers say, cell by cell, what a recount from raw rows says."""

import pytest

from campus import clock
from tests.reports import recount_dossiers as recount
from tests.reports.full_lives import FullLives
from tests.reports.workbooks import cells, sheets_of

STEPS = (
    "Postes déclarés",
    "Postes engagés",
    "Places réservées",
    "Inscriptions",
    "Formations terminées",
    "Embauches",
    "Encore en poste à six mois",
)
PROOFS = ("déclaré", "engagé", "engagé", *["constaté"] * 4)
RATES = ("Remplissage, pour 100 places", "Achèvement, pour 100 entrées", "Satisfaction, moyenne sur 5")


def told(browser, name, **asked):
    """Read the sheets of a workbook but the first, without their headings."""
    _about, *sheets = sheets_of(browser, name, **asked).values()
    return [cells(rows[1:]) for rows in sheets]


def check_map(browser):
    """Compare the map of courses."""
    (found,) = told(browser, "carte")
    assert found == cells(recount.map_of_courses(clock.now()))
    return found


def check_annual(browser, year):
    """Compare the annual report of a year: the words beside the figures are those of their steps and legs."""
    found, expected = told(browser, "rapport", annee=year), recount.annual(year, clock.now())
    funnel = [[row[0], row[2], row[1], row[3]] for row in found[0]]
    assert funnel == cells([*each, *figures] for *each, figures in zip(STEPS, PROOFS, expected[0], strict=True))
    assert [row[1:] for row in found[4]] == cells(expected[4])
    assert [row[1:] for row in found[6]] == cells(expected[6])
    for place in (1, 2, 3, 5):
        assert found[place] == cells(expected[place])
    return found


def check_indicators(browser, year):
    """Compare the indicator sheet of a year, or of all."""
    found = told(browser, "indicateurs", annee=year)[0]
    assert [row[0] for row in found] == [*STEPS, *RATES]
    assert [row[1] for row in found] == [*PROOFS, *["constaté"] * 3]
    assert {row[5] for row in found} == {clock.today()}
    assert [[*row[2:5], *row[6:]] for row in found] == cells(recount.indicators(year, clock.now()))
    return found


def check(browser):
    """Compare all that these dossiers say; give what is worth a look."""
    trades, years = check_map(browser), [check_annual(browser, year) for year in ("2027", "2028")]
    for year in ("", "2027", "2028"):
        check_indicators(browser, year)
    return trades, years[0]


def test_the_map_the_annual_report_and_the_indicators_say_the_recount(client, db):
    trades, annual = check(client.sign_in_as(FullLives.lived(7).staff))
    assert all(any(row[place] for row in trades) for place in range(1, 10))
    assert all(all(row[1:]) for row in (annual[3][-1], *annual[6]))
    assert len(annual[5]) > 1


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_the_dossiers_of_many_campuses_say_the_recount(client, db, seed):
    check(client.sign_in_as(FullLives.lived(seed).staff))
