"""Lists of people as firms paste and upload them: read line by line, the wrong ones told."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.exchange.people_list import MOST_LINES, read_people, text_of
from campus.exchange.refusals import FileRefused
from campus.exchange.tables import Column, to_csv, to_xlsx

PEOPLE = [("Naïma Lefèvre", "naima@exemple.fr"), ("Bo Petit", "bo@exemple.fr")]
COLUMNS = [Column("Nom", lambda row: row[0]), Column("Adresse électronique", lambda row: row[1])]


def read(text):
    found = read_people(text)
    return [(each.name, each.email) for each in found.people], [(each.line, each.problem) for each in found.faults]


@pytest.mark.parametrize(
    "text",
    [
        "naima@exemple.fr;Naïma Lefèvre\nbo@exemple.fr;Bo Petit",
        "Naïma Lefèvre\tNaima@Exemple.fr\nBo Petit\tbo@exemple.fr",
        "Nom;Email\nNaïma Lefèvre;naima@exemple.fr\n\nBo Petit;bo@exemple.fr\n",
        "naima@exemple.fr,Naïma,Lefèvre\r\nbo@exemple.fr,Bo,Petit",
        "Naïma Lefèvre\tnaima@exemple.fr\nBo Petit, bo@exemple.fr",
    ],
)
def test_a_list_is_read_whatever_the_order_and_the_separator(text):
    assert read(text) == (PEOPLE, [])


@pytest.mark.parametrize("made", [to_csv(PEOPLE, COLUMNS), to_xlsx(PEOPLE, COLUMNS)])
def test_a_file_is_read_as_what_was_pasted(made):
    assert read(text_of("équipe", made)) == (PEOPLE, [])


def test_a_file_of_windows_keeps_its_accents():
    assert read(text_of("e.csv", "naima@exemple.fr;Naïma Lefèvre".encode("cp1252")))[0] == PEOPLE[:1]


def test_each_wrong_line_is_told_with_its_number():
    text = "naima@exemple.fr;Naïma Lefèvre\nsans adresse;Bo\nbo@exemple.fr;\nNAIMA@exemple.fr;Encore Elle"
    assert read(text) == (PEOPLE[:1], [(2, "email"), (3, "name"), (4, "twice")])


def test_a_list_that_never_ends_is_cut():
    found = read_people("\n".join(f"p{n}@exemple.fr;Une Personne" for n in range(MOST_LINES + 50)))
    assert (len(found.people), found.faults[-1].problem) == (MOST_LINES, "too_many")


def test_a_workbook_that_swells_is_refused():
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    with pytest.raises(FileRefused, match="trop gros"):
        text_of("bombe.xlsx", swollen.getvalue())


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a zip", b"\x00\x01\x02", to_xlsx(PEOPLE, COLUMNS)[:200]])
def test_a_file_that_is_no_list_is_refused(content):
    with pytest.raises(FileRefused):
        text_of("x.xlsx", content)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    found = read_people(text)
    assert len({each.email for each in found.people}) == len(found.people)
