"""Checks that several of the publisher's files share."""

import re
from collections.abc import Container

from campus.exchange.csv_source import CsvSource
from campus.exchange.refusals import FileRefused

ROME_CODE = re.compile(r"[A-Z]\d{4}")


def clean(text: str) -> str:
    """Undo the publisher's doubled apostrophes and trim the spaces around a text."""
    return text.replace("''", "'").strip()


def check_rome_code(source: CsvSource, code: str, *, line: int, column: str) -> None:
    """Raise FileRefused unless the code is a letter and four digits."""
    if not ROME_CODE.fullmatch(code):
        raise source.refuse(
            f"« {code} » n'est pas un code ROME",
            "une lettre et quatre chiffres, par exemple H2303",
            line=line,
            column=column,
        )


def check_label(source: CsvSource, label: str, *, line: int, column: str) -> None:
    """Raise FileRefused if the label is empty."""
    if not label.strip():
        raise source.refuse("l'intitulé manque", "un intitulé", line=line, column=column)


def check_new(source: CsvSource, code: str, seen: Container[str], *, line: int, column: str) -> None:
    """Raise FileRefused if the code is empty or was seen on an earlier line."""
    if not code or code in seen:
        raise source.refuse(
            f"le code {code} est déjà plus haut" if code else "le code manque",
            "chaque code une seule fois",
            line=line,
            column=column,
        )


def unknown_code(source: CsvSource, code: str, *, line: int, column: str, where: str) -> FileRefused:
    """Make the refusal of a code that the table `where` does not list."""
    return source.refuse(
        f"le code {code or '(vide)'} n'existe pas",
        f"un code du fichier unix_{where}",
        line=line,
        column=column,
    )
