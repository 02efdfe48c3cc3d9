"""The national nomenclature of training specialities (NSF): its groups of three digits, with their official labels.

Décret n° 94-522 of 21 June 1994. A code is a group, with a letter for the function where one is known: 222 or 222u.
"""

from functools import cache
from importlib import resources

from campus.exchange.csv_source import CsvSource


@cache
def specialities() -> dict[str, str]:
    """Give the groups by their three digits."""
    file = resources.files(__name__) / "specialities.csv"
    rows = CsvSource.decode(file.name, file.read_bytes()).rows(("code", "label"))
    return {code: label for _line, (code, label) in rows}


def group_of(code: str) -> str:
    """Give the group of a code, without the letter of its function."""
    return code[:3]


def named(code: str) -> str:
    """Write a code with the label of its group: "222u Transformations chimiques..."."""
    return f"{code} {specialities().get(group_of(code), '')}".strip()
