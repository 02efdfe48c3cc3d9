"""Dossiers tell sponsors nothing that the pages of observers hide; the internal edition says that it tells all."""

from datetime import timedelta

import pytest

from campus import clock
from campus.models import Commitment, CommitmentStep, NeedState
from campus.queries.demand import By
from campus.queries.demand_published import published_demand
from campus.reports.hiding import Line, Published
from campus.services import reports
from tests import make
from tests.reports import recount
from tests.reports.full_lives import FullLives
from tests.reports.recount_delays import legs
from tests.reports.recount_dossiers import by_step, cohort, families, groups, map_of_courses
from tests.reports.test_hiding import assert_safe
from tests.reports.test_recount_dossiers import told
from tests.reports.workbooks import cells, sheets_of

HIDDEN, MARK = "caché", "Édition interne, à ne pas diffuser"
YEARS = ("2027", "2028", "2029", "2030")


@pytest.fixture
def large(db):
    """Lives with many firms and needs, many of one trade without a date, and a day frozen: its funnel and its legs."""
    lives = FullLives(7, needs=60, firms=7)
    for need in lives.needs[::2]:
        need.state, need.occupation, need.latest, need.earliest = NeedState.PUBLISHED, lives.trades[1], None, None
    lives.live(120)
    counted = recount.funnel(clock.now()), list(legs(clock.now()).values())
    clock.freeze(clock.now() + timedelta(days=1))
    reports.freeze(lives.staff, clock.today() - timedelta(days=1))
    db.session.commit()
    return lives, *counted


def read_table(rows, known, place, name):
    """Read a table of the funnel as published, and what it should protect; what is shown must be the recount."""
    lines = {}
    for key in groups(known, place):
        pairs = by_step(each for each in known if each[0][place] == key)
        lines[name(key)] = Line(*map(tuple, zip(*pairs, strict=True)))
    shown = {row[0]: tuple(None if each == HIDDEN else each for each in row[1:]) for row in rows}
    table = {label: shown.get(label, (None,) * len(line.posts)) for label, line in lines.items()}
    for label, line in lines.items():
        assert all(told in (None, true) for told, true in zip(table[label], line.posts, strict=True))
    return lines, table


def test_no_figure_of_a_firm_can_be_worked_out_of_the_annual_reports_of_sponsors(client, large):
    lives, counted, delays = large
    known, browser = list(counted.items()), client.sign_in_as(lives.staff)
    years = {year: told(browser, "rapport", annee=year, edition="financeurs") for year in YEARS}
    *trades, whole = years["2027"][2]
    total = tuple(None if each == HIDDEN else each for each in whole[1:])
    names = families(clock.now())
    tables = [
        read_table(trades, known, 1, lambda key: names[key] or key),
        read_table([row for sheets in years.values() for row in sheets[1]], known, 0, cohort),
    ]
    for lines, table in tables:
        assert_safe(lines, Published(table, total))
        assert {each is None for row in table.values() for each in row} == {True, False}
    for place, (posts, _firms) in enumerate(by_step(known)):
        assert total[place] in (None, posts)
    ends = [total[place] for place in (2, 3, 4, 5, 6, 5)]
    expected = [[HIDDEN] * 4 if end is None else list(leg) for end, leg in zip(ends, delays, strict=True)]
    assert [row[1:] for row in years["2027"][4]] == cells(expected)
    for year, sheets in years.items():
        quarters = [row for label, row in tables[1][1].items() if label.endswith(year)]
        sums = [HIDDEN if None in column else sum(column) for column in zip(*quarters, strict=True)] or [0] * 7
        assert [row[1] for row in sheets[0]] == sums
        assert [row[4] for row in told(browser, "indicateurs", annee=year, edition="financeurs")[0]][:7] == sums


def test_the_map_of_sponsors_tells_no_trade_of_which_the_demand_hides_a_quarter(client, large):
    browser = client.sign_in_as(large[0].staff)
    (rows,) = told(browser, "carte", edition="financeurs")
    whole = {row[0]: row for row in cells(map_of_courses(clock.now()))}
    shown = {row.label: row.posts for row in published_demand(By.OCCUPATION)[1]}
    seen = set()
    for row in rows:
        known, full = [each for each in shown[row[0]] if each is not None], whole[row[0]]
        partial = len(known) < len(shown[row[0]])
        at_least = f"au moins {sum(known)}" if sum(known) else HIDDEN
        expected = [HIDDEN, at_least, HIDDEN, full[4], HIDDEN, *full[6:9], HIDDEN] if partial else full[1:]
        assert row[1:3] + row[4:] == expected[:2] + expected[3:]
        assert row[3] in (HIDDEN, expected[2])
        seen.add(partial)
    assert seen == {True, False}
    hidden = [row[0] for row in rows if row[5] == HIDDEN]
    assert [row[0] for row in rows][-len(hidden) :] == sorted(hidden)
    assert len(rows) == len(whole)


def test_committed_posts_of_a_single_firm_are_hidden_though_the_trade_is_told(client, db):
    trade = make.occupation("Conduite de ligne")
    needs = [make.need(make.organisation(), posts=6, occupation=trade) for _each in range(3)]
    said = {"step": CommitmentStep.LETTER, "posts": 6, "evidence": {}}
    for need, expected in zip(needs, (HIDDEN, HIDDEN, 18), strict=True):
        firm = {"organisation_id": need.organisation_id, "need_id": need.id, "actor_id": need.author_id}
        make.save(Commitment(**said, **firm))
        db.session.commit()
        (rows,) = told(client.sign_in_as(make.staff()), "carte", edition="financeurs")
        assert rows[0][1:4] == [3, 18, expected]


def test_the_internal_edition_says_so_and_sponsors_are_told_the_rule(client, db):
    lives = FullLives(3, needs=4)
    lives.live(5)
    browser = client.sign_in_as(lives.staff)
    assert browser.get("/campus/dossiers/rapport.xlsx").status_code == 303
    assert "Arrêtez d'abord un bilan" in browser.page("/campus/dossiers/").text
    reports.freeze(lives.staff, clock.today() - timedelta(days=1))
    db.session.commit()
    for name in ("carte", "indicateurs", "rapport", "bilan"):
        for edition, given in (("interne", "?edition=interne"), ("financeurs", "")):
            answer = browser.get(f"/campus/dossiers/{name}.xlsx{given}")
            about = [words for row in sheets_of(browser, name, edition=edition)["À lire"] for words in row]
            internal = edition == "interne"
            assert (MARK in about, about[2].endswith(MARK)) == (internal, internal)
            assert ("interne-a-ne-pas-diffuser" in answer.headers["Content-Disposition"]) is internal
            assert any("protège les entreprises" in words for words in about) is (not internal and name != "bilan")
