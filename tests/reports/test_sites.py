"""Several sites of one firm count as one firm wherever figures are hidden, and a third firm shows them."""

from datetime import timedelta

import pytest

from campus import clock
from campus.services import reports
from tests.reports.test_staff_reports import declare

TRADE = "Conduite de ligne"
PAGES = ("/", "/formations/{course}", "/indicateurs/bilan/", "/indicateurs/demande/")
TOLD = (TRADE, "postes environ", TRADE, "30 postes")


@pytest.mark.parametrize("firms", [1, 3])
def test_sites_of_one_firm_are_no_three_firms(db, make, stop_clock, sign_in, client, firms):
    trade = make.occupation(TRADE)
    course = make.course(occupations=[trade])
    sites = make.sites_of_one_firm(3) if firms == 1 else [make.organisation() for _each in range(3)]
    for site in sites:
        declare(make, make.need(site, posts=10, occupation=trade))
    stop_clock(clock.now() + timedelta(days=1))
    make.save(reports.freeze(make.staff(), clock.today() - timedelta(days=1)))
    db.session.commit()
    observer = sign_in(make.observer())
    pages = [each.format(course=course.id) for each in PAGES]
    texts = [(observer if "indicateurs" in each else client).page(each).text for each in pages]
    for page, word, text in zip(pages, TOLD, texts, strict=True):
        assert (word in text) == (firms == 3), page
