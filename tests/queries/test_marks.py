"""External marks are imported whole or not at all, told beside our figures with their source, never added."""

from datetime import date

import pytest

from campus.exchange.marks import MarkLine, MarkRelease
from campus.queries.demand import By
from campus.queries.marks import mark_files, marks_beside
from campus.services.marks import import_marks

OFFERS = (
    MarkLine("2405", "CHARTRES", "", "Z9000", "Conduite de ligne", 16, tension=4),
    MarkLine("2406", "DREUX", "", "Z9000", "Conduite de ligne", 2),
)
INTENTIONS = (
    MarkLine("2405", "CHARTRES", "28", "T4Z61", "Souffleuses de fumée", 60, 20, None),
    MarkLine("2405", "CHARTRES", "28", "T4Z62", "Polisseurs de nuages", None, None, None),
)


@pytest.fixture
def files(make):
    """Import both files."""
    done = [
        import_marks(MarkRelease("offers", date(2025, 12, 31), "offres.csv", OFFERS)),
        import_marks(MarkRelease("intentions", date(2026, 1, 1), "bmo.csv", INTENTIONS)),
    ]
    make.save(done[0].file)
    return done


@pytest.fixture
def trade(make):
    return make.occupation("Conducteur / Conductrice de ligne", code="Z9001", parent_code="Z9000")


def test_the_same_file_twice_changes_nothing_and_a_corrected_one_replaces_it(files):
    again = import_marks(MarkRelease("offers", date(2025, 12, 31), "offres.csv", OFFERS))
    assert not again.changed
    corrected = import_marks(MarkRelease("offers", date(2025, 12, 31), "offres.csv", OFFERS[:1]))
    assert corrected.changed
    assert sorted(count for _file, count in mark_files()) == [1, 2]


def test_an_occupation_is_told_the_offers_of_its_family_and_an_area_all_of_its_own(files, trade):
    assert [told.amount for told in marks_beside(By.OCCUPATION, [trade.id])[trade.id]] == [18]
    assert [told.amount for told in marks_beside(By.FAMILY, ["Z9000"], area="2405")["Z9000"]] == [16]
    found = {told.file.kind.value: (told.amount, told.hidden) for told in marks_beside(By.AREA, ["2405"])["2405"]}
    assert found == {"intentions": (60, 1), "offers": (16, 0)}


def test_a_mark_stands_beside_our_figures_and_changes_none_of_them(as_staff, make, trade):
    make.need(occupation=trade, posts=8)
    before = as_staff.get("/campus/demande/export.csv?par=metier").text.splitlines()
    import_marks(MarkRelease("offers", date(2025, 12, 31), "offres.csv", OFFERS))
    make.save(make.skill())
    after = as_staff.get("/campus/demande/export.csv?par=metier").text.splitlines()
    ours = before[0].split(";").index("Total, écart")
    assert [line.split(";")[: ours + 1] for line in after] == [line.split(";")[: ours + 1] for line in before]
    assert "18 offres" in after[1].replace("\u00a0", " ")


def test_pages_cite_the_source_the_publisher_and_the_day(as_staff, make, files, trade):
    make.need(occupation=trade, posts=8)
    behind = as_staff.get(f"/campus/demande/lignes?par=metier&cle={trade.id}").text
    for page in (behind, as_staff.get("/campus/reperes/").text):
        assert "Pôle emploi, Dares" in page
        assert "31 décembre 2025" in page.replace("\u00a0", " ")
    assert "Repère externe" in as_staff.get("/campus/demande/?par=metier&vue=etapes").text


def test_the_lines_of_a_file_are_narrowed_to_an_area_in_page_and_file_alike(as_staff, files):
    address = f"/campus/reperes/{files[0].file.id}"
    assert "DREUX" in as_staff.get(f"{address}/export.csv").text
    assert "DREUX" not in as_staff.get(f"{address}/export.csv?bassin=2405").text
    assert "caché ou inconnu" in as_staff.get(f"{address}?bassin=2406").text


def test_without_a_file_the_page_says_how_to_import_one(as_staff):
    assert "campus import marks" in as_staff.get("/campus/reperes/").text
