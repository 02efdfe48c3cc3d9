"""The communes of the territory, with their postcodes, position and employment area."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campus.exchange.csv_source import CsvSource
from campus.exchange.refusals import FileRefused

INSEE_CODE = re.compile(r"(?:\d\d|2A|2B)\d{3}")
POSTCODE = re.compile(r"\d{5}")
COLUMNS = (
    "code_insee",
    "nom",
    "codes_postaux",
    "latitude",
    "longitude",
    "departement",
    "bassin_code_2019",
    "bassin_nom_2019",
    "existe_cog_2024",
)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune; `current` is False for one that was merged into another since."""

    insee: str
    name: str
    postcodes: tuple[str, ...]
    latitude: float
    longitude: float
    department: str
    area_code: str = ""
    area_name: str = ""
    current: bool = True

    @property
    def point(self) -> tuple[float, float]:
        """Give the latitude and longitude in degrees."""
        return self.latitude, self.longitude


def read_communes(path: Path | str) -> tuple[Commune, ...]:
    """Read the communes of a CSV file (UTF-8, commas); raise FileRefused where it is wrong.

    The format is that of the base officielle des codes postaux joined with the INSEE
    employment areas: several postcodes are separated by a vertical bar.
    """
    path = Path(path)
    if not path.is_file():
        raise FileRefused("ce fichier est introuvable", file=path.name, expected="le chemin d'un fichier CSV")
    return tuple(parse_communes(CsvSource.decode(path.name, path.read_bytes())))


def parse_communes(source: CsvSource) -> Iterator[Commune]:
    """Yield the communes of one CSV text, each INSEE code once."""
    seen: set[str] = set()
    for line, values in source.rows(COLUMNS):
        insee, name, postcodes, latitude, longitude, department, area, area_name, current = values
        if insee in seen:
            raise source.refuse(
                f"le code {insee} est déjà plus haut",
                "chaque commune une seule fois",
                line=line,
                column="code_insee",
            )
        seen.add(insee)
        _check(source, line, insee=insee, name=name, current=current)
        yield Commune(
            insee=insee,
            name=name,
            postcodes=_postcodes(source, line, postcodes),
            latitude=_degrees(source, line, latitude, column="latitude", limit=90),
            longitude=_degrees(source, line, longitude, column="longitude", limit=180),
            department=department,
            area_code=area,
            area_name=area_name,
            current=current == "1",
        )


def _check(source: CsvSource, line: int, *, insee: str, name: str, current: str) -> None:
    if not INSEE_CODE.fullmatch(insee):
        raise source.refuse(
            f"« {insee} » n'est pas un code de commune",
            "un code INSEE de cinq caractères, par exemple 28085",
            line=line,
            column="code_insee",
        )
    if not name.strip():
        raise source.refuse("le nom manque", "le nom de la commune", line=line, column="nom")
    if current not in {"0", "1"}:
        raise source.refuse(
            f"« {current} » n'est ni 0 ni 1",
            "1 si la commune existe encore, 0 sinon",
            line=line,
            column="existe_cog_2024",
        )


def _postcodes(source: CsvSource, line: int, text: str) -> tuple[str, ...]:
    postcodes = tuple(text.split("|"))
    for postcode in postcodes:
        if not POSTCODE.fullmatch(postcode):
            raise source.refuse(
                f"« {postcode} » n'est pas un code postal",
                "cinq chiffres, séparés par | s'il y en a plusieurs",
                line=line,
                column="codes_postaux",
            )
    return postcodes


def _degrees(source: CsvSource, line: int, text: str, *, column: str, limit: int) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = float("nan")
    if -limit <= degrees <= limit:
        return degrees
    raise source.refuse(
        f"« {text} » n'est pas un angle",
        f"des degrés entre -{limit} et {limit}, avec un point",
        line=line,
        column=column,
    )
