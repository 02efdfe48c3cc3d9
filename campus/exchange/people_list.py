"""A list of people, pasted from a spreadsheet or read from a CSV or XLSX file: an e-mail address and a name a line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import python_calamine

from campus.exchange.refusals import FileRefused

EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
NAME = re.compile(r"[^\W\d_][^\d_@/\\<>:;\"\r\n\t]*")
LONGEST_EMAIL, LONGEST_NAME, MOST_LINES = 160, 120, 500
MOST_UNPACKED, MOST_MEMBERS, HIGHEST_RATIO = 50_000_000, 100, 100
ZIP = b"PK\x03\x04"
HEADS = frozenset({"mail", "email", "e-mail", "courriel", "adresse", "adresse électronique", "nom", "prénom et nom"})


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line that can be read: its number from 1, the address in lower case, the name."""

    line: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used: its number, what was read, why (email, name, twice, too_many), the other line."""

    line: int
    read: str
    problem: str
    other: int = 0


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """What a list holds: people in order, and the lines that are wrong."""

    people: tuple[PersonLine, ...]
    faults: tuple[BadLine, ...]


def text_of(name: str, content: bytes) -> str:
    """Turn a file into lines of text with tabs: an XLSX workbook's first sheet, or CSV in UTF-8 or Windows-1252.

    Raise FileRefused for a workbook that unpacks to more than 50 MB, that has over 100 members, that cannot be read, or
    for a file of no text. At most 501 lines are read.
    """
    if not content.startswith(ZIP):
        return _decoded(name, content)
    _check_archive(name, content)
    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(nrows=MOST_LINES + 1)
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        raise FileRefused("ce classeur ne peut pas être lu", file=name, expected="un classeur XLSX") from error
    return "\n".join("\t".join(" ".join(str(cell).split()) for cell in row) for row in rows)


def read_people(text: str) -> PeopleRead:
    """Read one person a line, the address and the name in either order, with tabs, semicolons or commas between.

    A first line of headings and blank lines are left out; an address that comes twice is a fault of its later line.
    """
    people: list[PersonLine] = []
    faults: list[BadLine] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(_rows(text), start=1):
        if not any(cells) or (number == 1 and {cell.lower() for cell in cells if cell} <= HEADS):
            continue
        read = _person(number, cells, seen)
        (people if isinstance(read, PersonLine) else faults).append(read)  # type: ignore[arg-type]
        if isinstance(read, PersonLine):
            seen[read.email] = number
    return PeopleRead(tuple(people), tuple(faults))


def _person(number: int, cells: Sequence[str], seen: dict[str, int]) -> PersonLine | BadLine:
    shown = " ".join(cell for cell in cells if cell)[:120]
    emails = [cell.lower() for cell in cells if EMAIL.fullmatch(cell) and len(cell) <= LONGEST_EMAIL]
    names = [cell for cell in cells if NAME.fullmatch(cell) and len(cell) <= LONGEST_NAME]
    if number > MOST_LINES:
        return BadLine(number, shown, "too_many", MOST_LINES)
    if len(emails) != 1:
        return BadLine(number, shown, "email")
    if not names:
        return BadLine(number, shown, "name")
    if emails[0] in seen:
        return BadLine(number, shown, "twice", seen[emails[0]])
    return PersonLine(number, emails[0], " ".join(names))


def _rows(text: str) -> Iterable[list[str]]:
    lines = text.replace("\x00", "").splitlines()[: MOST_LINES + 1]
    for line in lines:
        delimiter = "\t" if "\t" in line else ";" if ";" in line else ","
        fields = next(csv.reader([line], delimiter=delimiter), [])
        yield [field.strip().removeprefix("'") for field in fields]


def _decoded(name: str, content: bytes) -> str:
    if b"\x00" in content[:4096]:
        raise FileRefused("ce fichier n'est pas un texte", file=name, expected="un fichier CSV ou un classeur XLSX")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _check_archive(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefused("ce classeur est abîmé", file=name, expected="un classeur XLSX") from error
    unpacked = sum(each.file_size for each in members)
    if len(members) > MOST_MEMBERS or unpacked > min(MOST_UNPACKED, HIGHEST_RATIO * len(content)):
        raise FileRefused("ce classeur est trop gros une fois ouvert", file=name, expected="une liste de personnes")
