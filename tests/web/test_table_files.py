"""Every table that the staff, firms and observers read is a file too, with all its rows."""

import csv
import io
import re
from datetime import date

import pytest
from flask import url_for
from python_calamine import CalamineWorkbook

from tests.architecture.world import World

AREAS = {"staff": "staff", "employers": "employer", "observers": "observer", "trainers": "trainer"}
# Whose tables are not offered by their page: no list yet in this world, or files of their own.
WITHOUT = {"trainers", "observers"}
OFFERED = re.compile(r'href="([^"]*fichier=csv[^"]*)"')
FILTERED = "/campus/besoins/?etat=published"


def lines_of(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def pages_of(app, world, area, only):
    """Give the addresses of an area's pages."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or not rule.endpoint.startswith(f"{area}.") or not rule.endpoint.endswith(only):
            continue
        values = {argument: world.value(argument) for argument in sorted(rule.arguments)}
        with app.test_request_context():
            yield url_for(rule.endpoint, **values)


@pytest.mark.parametrize("area", AREAS)
def test_each_table_of_each_list_is_a_file_with_as_many_rows(made_app, db, client, area):
    check(made_app, client, area, only=".index")


@pytest.mark.long
@pytest.mark.parametrize("area", AREAS)
def test_each_table_of_each_page_is_a_file_with_as_many_rows(made_app, db, client, area):
    check(made_app, client, area)


def check(made_app, client, area, only=""):
    """Ask for the file of every table; a list of several pages has more rows than its first page shows."""
    world = World()
    world.fill()
    browser, wrong, seen = client.sign_in_as(world.people[AREAS[area]]), [], 0
    for url in pages_of(made_app, world, area, only):
        page = browser.get(url)
        if page.status_code != 200 or page.mimetype != "text/html":
            continue
        for place, file_url in enumerate(OFFERED.findall(page.text)):
            seen += 1
            answer = browser.get(file_url.replace("&amp;", "&"))
            rows = page.text.split("<table")[1:]
            table = [each for each in rows if "fichier=csv" in each.split("</table>")[1][:600]][place]
            told = table.split("<tbody")[1].split("</tbody>")[0].count("<tr")
            found, several = len(lines_of(answer)) - 1, 'class="pages' in page.text
            if answer.status_code != 200 or not (found > told if several else found == told):
                wrong.append(f"{url}: {told} rows, {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert seen or area in WITHOUT


def test_a_file_holds_all_pages_exactly_as_filtered(as_staff, make):
    site = make.organisation()
    for each in range(52):
        make.need(site, title=f"Poste {each}", skills=[])
    make.need(site, title="Un autre état", skills=[], state="refused")
    rows = lines_of(as_staff.get(f"{FILTERED}&fichier=csv"))
    assert rows[0][0] == "Besoin"
    assert len(rows) == 53
    assert not [row for row in rows if "Un autre" in row[0]]


def test_a_name_that_looks_like_a_formula_stays_a_text(as_staff, make):
    make.organisation(name="=1+1")
    names = [row[0] for row in lines_of(as_staff.get("/campus/entreprises?fichier=csv"))]
    assert "'=1+1" in names


def test_numbers_and_days_of_a_workbook_are_numbers_and_days(as_staff, make):
    make.need(make.organisation(), skills=[], posts=7)
    content = as_staff.get("/campus/besoins/?fichier=xlsx").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Postes"] == 7
    assert isinstance(told["Déclaré le"], date)


def test_there_is_no_file_of_a_table_that_is_not_there(as_staff, client):
    assert as_staff.get("/campus/besoins/?fichier=csv&tableau=9").status_code == 404
    assert as_staff.get("/campus/dossiers/?fichier=csv").status_code == 404


@pytest.mark.parametrize(("url", "one"), [("/campus/entreprises", "organisation"), ("/campus/personnes", "trainee")])
def test_lists_of_firms_and_people_go_on_over_pages(as_staff, make, url, one):
    for _each in range(30):
        getattr(make, one)()
    whole = len(lines_of(as_staff.get(f"{url}?fichier=csv"))) - 1
    first, second = (as_staff.get(f"{url}?page={page}").text.count('<th role="rowheader"') for page in (1, 2))
    assert whole >= 30
    assert (first, second) == (25, whole - 25)


@pytest.mark.parametrize("url", ["/campus/candidatures/?etat=toutes", "/campus/personnes?", "/campus/besoins/?"])
def test_a_file_straight_from_the_rows_says_what_reading_the_pages_says(make, client, url):
    world = World()
    world.fill()
    make.need(commune=make.commune(), state="refused")
    staff = client.sign_in_as(world.people["staff"])
    straight, read = (lines_of(staff.get(f"{url}&fichier=csv{more}")) for more in ("", "&tableau=1"))
    kept = [read[0].index(title) for title in straight[0]]
    assert len(straight) > 2
    assert straight == [[row[place] for place in kept] for row in read]


@pytest.mark.parametrize("url", ["/campus/candidatures/", "/campus/personnes", "/campus/besoins/"])
def test_a_firm_has_no_file_of_the_teams_lists(client, make, url):
    assert client.sign_in_as(make.employer()).get(f"{url}?fichier=csv").status_code == 403
