import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from campus.exchange.tables import Column, to_csv, to_xlsx

ONE = [Column("Valeur", lambda row: row)]
TWO = [Column("Métier", lambda row: row[0]), Column("Postes", lambda row: row[1])]


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def csv_cell(value) -> str:
    return csv_rows(to_csv([value], ONE))[1][0]


def workbook(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def xlsx_cell(value):
    return workbook(to_xlsx([value], ONE)).get_sheet_by_index(0).to_python()[1][0]


def test_csv_has_a_bom_semicolons_and_crlf():
    content = to_csv([("Cariste", 3)], TWO)
    assert content == "\ufeffMétier;Postes\r\nCariste;3\r\n".encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12.5, "12,5"),
        (Decimal("1200.10"), "1200,10"),
        (-3, "-3"),
        (1e-7, "0,0000001"),
        (date(2026, 12, 31), "31/12/2026"),
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "01/07/2026 12:00"),
        (True, "oui"),
        (False, "non"),
        (None, ""),
    ],
)
def test_csv_writes_values_as_a_french_spreadsheet_reads_them(value, written):
    assert csv_cell(value) == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_csv_disarms_a_text_that_would_run_as_a_formula(start):
    assert csv_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_csv_disarms_a_title_too():
    assert csv_rows(to_csv([], [Column("=1+1", str)])) == [["'=1+1"]]


def test_csv_keeps_separators_quotes_and_line_breaks_inside_a_cell():
    assert csv_cell('Régler ; "serrer"\nvérifier') == 'Régler ; "serrer"\nvérifier'


@given(st.text(st.characters(codec="utf-8")))
def test_no_csv_text_begins_like_a_formula_and_none_is_lost(text):
    cell = csv_rows(to_csv([(text, 1)], TWO))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_xlsx_reads_back_with_its_titles_and_numbers():
    sheet = workbook(to_xlsx([("Cariste", 3), ("Soudeuse", 2.5)], TWO, sheet="Demande")).get_sheet_by_name("Demande")
    assert sheet.to_python() == [["Métier", "Postes"], ["Cariste", 3.0], ["Soudeuse", 2.5]]


def test_xlsx_keeps_a_formula_as_text():
    assert xlsx_cell('=HYPERLINK("http://exemple.fr")') == '=HYPERLINK("http://exemple.fr")'


@pytest.mark.parametrize("text", ["007", "http://exemple.fr", "28085", "1,5", "\x01a", "a" * 40_000])
def test_xlsx_keeps_a_text_as_text(text):
    assert xlsx_cell(text) == text[:32_767]


def test_xlsx_writes_real_dates_and_times_of_paris():
    assert xlsx_cell(date(2026, 12, 31)) == date(2026, 12, 31)
    assert xlsx_cell(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == datetime(2026, 7, 1, 12, 0)  # noqa: DTZ001 (sheets have no zones)


def test_xlsx_writes_numbers_truths_and_blanks():
    assert xlsx_cell(Decimal("12.50")) == 12.5
    assert xlsx_cell(True) is True
    assert xlsx_cell(float("nan")) == "nan"
    assert workbook(to_xlsx([("a", None)], TWO)).get_sheet_by_index(0).to_python()[1] == ["a", ""]


def test_xlsx_accepts_any_sheet_name():
    assert workbook(to_xlsx([], ONE, sheet="Besoins : 1/2 [été] et une très longue fin")).sheet_names == [
        "Besoins   1 2  été  et une très"
    ]


def test_a_table_without_rows_still_has_its_titles():
    assert csv_rows(to_csv([], TWO)) == [["Métier", "Postes"]]
    assert workbook(to_xlsx([], TWO)).get_sheet_by_index(0).to_python() == [["Métier", "Postes"]]
