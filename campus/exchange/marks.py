"""Files of marks: yearly hiring intentions in the layout of the BMO survey, and offers open on a day by ROME code.

Which of the two a file is follows from the names of its columns, which change a little from year to year (BE23, BE24).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campus.exchange.csv_source import CsvSource
from campus.exchange.refusals import FileRefused

INTENTIONS, OFFERS = "intentions", "offers"
PUBLISHED = {
    INTENTIONS: ("Enquête « Besoins en main-d'œuvre »", "France Travail"),
    OFFERS: ("Offres d'emploi et tensions par bassin", "Pôle emploi, Dares"),
}
BMO = {
    "year": r"annee",
    "trade": r"code metier bmo",
    "label": r"nom metier( bmo)?",
    "department": r"dept",
    "area": r"be",
    "area_name": r"nom ?be",
    "amount": r"met",
    "hard": r"xmet",
    "seasonal": r"smet",
}
OPEN = {
    "trade": r"rome v",
    "label": r"libelle rome v",
    "area": r"bassin",
    "area_name": r"nom bassin",
    "amount": r"offres",
    "tension": r"tension a",
}
OFFERS_ON = re.compile(r"offres_(\d{4})_(\d\d)_(\d\d)")
HIDDEN = {"", "*", "nd", "na"}
LONGEST = {"area": 8, "area_name": 80, "department": 3, "trade": 8, "label": 250}


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A trade in an area; None where the publisher hides a figure or does not know it."""

    area_code: str
    area_name: str
    department: str
    trade_code: str
    trade_label: str
    amount: int | None
    hard: int | None = None
    seasonal: int | None = None
    tension: int | None = None


@dataclass(frozen=True, slots=True)
class MarkRelease:
    """A whole file: what it counts, as of which day, by which name, and its lines."""

    kind: str
    as_of: date
    name: str
    lines: tuple[MarkLine, ...]


def read_marks(path: Path | str) -> MarkRelease:
    """Read a CSV file of marks (UTF-8, commas or semicolons); raise FileRefused where it is wrong."""
    path = Path(path)
    if not path.is_file():
        raise FileRefused("ce fichier est introuvable", file=path.name, expected="le chemin d'un fichier CSV")
    return parse_marks(CsvSource.decode(path.name, path.read_bytes()))


def parse_marks(source: CsvSource) -> MarkRelease:
    """Read the text of a file of marks."""
    return _Reader(source).release()


def plain(title: str) -> str:
    """Write a column's title so that years find the same one: no accent, no case, no sign, no figure."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall("[a-z]+", letters))


class _Reader:
    """Reads one file, of either layout."""

    def __init__(self, source: CsvSource) -> None:
        self.source = source
        first = source.text.partition("\n")[0]
        self.delimiter = ";" if first.count(";") > first.count(",") else ","
        self.titles = [title.strip().strip('"') for title in first.strip().split(self.delimiter)]
        known = {plain(title) for title in self.titles}
        self.kind = INTENTIONS if {"met", "xmet"} & known else OFFERS
        self.columns = {name: self._column(name, pattern) for name, pattern in self._layout().items()}

    def _layout(self) -> dict[str, str]:
        return BMO if self.kind == INTENTIONS else OPEN

    def _column(self, name: str, pattern: str) -> str:
        found = next((title for title in self.titles if re.fullmatch(pattern, plain(title))), None)
        if found is not None:
            return found
        wanted = ", ".join(self._layout()) if self.kind == INTENTIONS else "bassin, rome_v3, offres_AAAA_MM_JJ"
        raise FileRefused(
            "cette colonne manque",
            file=self.source.name,
            line=1,
            column=name,
            expected=f"l'enquête BMO (année, code métier BMO, met, xmet…) ou les offres par bassin ({wanted})",
        )

    def release(self) -> MarkRelease:
        """Read all lines, each trade of an area once, all of one day."""
        lines, days, seen = [], set(), set()
        for line, values in self._rows():
            mark = self._mark(line, values)
            place = (mark.area_code, mark.department, mark.trade_code)
            if place in seen:
                said = ("ce métier est déjà plus haut pour ce bassin", "chaque métier une fois")
                raise self._refuse(said, line, "trade")
            seen.add(place)
            days.add(self._day(line, values))
            if len(days) > 1:
                raise self._refuse(("le fichier porte sur deux années", "une seule année"), line, "year")
            lines.append(mark)
        if not lines:
            raise FileRefused("le fichier n'a aucune ligne", file=self.source.name, expected="une ligne par métier")
        return MarkRelease(self.kind, days.pop(), self.source.name, tuple(lines))

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        for line, values in self.source.rows(list(self.columns.values()), delimiter=self.delimiter):
            yield line, {name: value.strip() for name, value in zip(self.columns, values, strict=True)}

    def _mark(self, line: int, values: dict[str, str]) -> MarkLine:
        for name, most in LONGEST.items():
            if name in values and not 0 < len(values[name]) <= most:
                raise self._refuse((f"« {values[name][:80]} » ne convient pas", f"1 à {most} caractères"), line, name)
        counts = {name: self._count(line, name, values[name]) for name in COUNTS if name in values}
        places = (values["area"], values["area_name"], values.get("department", ""))
        return MarkLine(*places, values["trade"], values["label"], **{"amount": None, **counts})

    def _count(self, line: int, name: str, text: str) -> int | None:
        bare = re.sub(r"[\s\u00a0\u202f]", "", text).lower()
        if bare in HIDDEN:
            return None
        if re.fullmatch(r"\d{1,7}([.,]\d+)?", bare):
            return round(float(bare.replace(",", ".")))
        said = (f"« {text[:80]} » n'est pas un nombre", "un nombre, ou * si le chiffre est caché")
        raise self._refuse(said, line, name)

    def _day(self, line: int, values: dict[str, str]) -> date:
        if self.kind == INTENTIONS:
            if re.fullmatch(r"20\d\d", values["year"]):
                return date(int(values["year"]), 1, 1)
            said = (f"« {values['year'][:80]} » n'est pas une année", "une année, par exemple 2026")
            raise self._refuse(said, line, "year")
        return self._offers_day()

    def _offers_day(self) -> date:
        """Read the day in the title of the column of offers."""
        title = self.columns["amount"]
        try:
            return date(*map(int, OFFERS_ON.fullmatch(title.lower()).groups()))  # type: ignore[union-attr,arg-type]
        except (AttributeError, ValueError):
            raise FileRefused(
                "le jour des offres manque",
                file=self.source.name,
                line=1,
                column=title,
                expected="un titre comme offres_2021_12_21",
            ) from None

    def _refuse(self, said: tuple[str, str], line: int, name: str) -> FileRefused:
        """Refuse a value: what is wrong with it, and what would be right."""
        return self.source.refuse(*said, line=line, column=self.columns[name])


COUNTS = ("amount", "hard", "seasonal", "tension")
