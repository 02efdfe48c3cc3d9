"""Read a CSV text strictly: every refusal names the file, the line and the column."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from campus.exchange.refusals import FileRefused

CUT = "le fichier s'arrête au milieu d'une ligne, il a sans doute été coupé"
WHOLE = "le fichier complet, à télécharger de nouveau"


@dataclass(frozen=True, slots=True)
class CsvSource:
    """The name and the whole text of one CSV file whose first row names the columns."""

    name: str
    text: str

    @classmethod
    def decode(cls, name: str, content: bytes) -> "CsvSource":
        """Decode UTF-8 bytes (a BOM is allowed); raise FileRefused at the first wrong byte."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = content[: error.start]
            position = error.start - before.rfind(b"\n")
            raise FileRefused(
                f"l'octet {content[error.start]:#04x} ne peut pas être lu comme de l'UTF-8",
                file=name,
                line=before.count(b"\n") + 1,
                column=f"caractère {position}",
                expected="un fichier enregistré en UTF-8",
            ) from None
        source = cls(name, text)
        source._refuse_null_characters()
        return source

    def rows(self, columns: Sequence[str], *, delimiter: str = ",") -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield (line number, the values of `columns` in that order); blank lines are skipped.

        Raise FileRefused for a missing column, a wrong number of fields or a text that stops
        in the middle of a row.
        """
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=delimiter, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            pick = itemgetter(*(self._position(header, column) for column in columns))
            width = len(header)
            for fields in reader:
                if len(fields) == width:
                    yield reader.line_num, pick(fields)
                elif fields:
                    raise self._wrong_width(reader.line_num, len(fields), width)
        except csv.Error as error:
            raise self._unreadable(reader.line_num, error) from None

    def refuse(self, problem: str, expected: str, *, line: int, column: str) -> FileRefused:
        """Make the refusal of one value of this file."""
        return FileRefused(problem, file=self.name, line=line, column=column, expected=expected)

    def _position(self, header: list[str], column: str) -> int:
        if column in header:
            return header.index(column)
        seen = ", ".join(header)[:200] or "aucune"
        raise FileRefused(
            "cette colonne manque",
            file=self.name,
            line=1,
            column=column,
            expected=f"une première ligne qui la nomme (colonnes lues : {seen})",
        )

    def _wrong_width(self, line: int, count: int, width: int) -> FileRefused:
        if self._is_last(line):
            return FileRefused(CUT, file=self.name, line=line, expected=WHOLE)
        return FileRefused(
            f"cette ligne compte {count} champ{'s' if count > 1 else ''}",
            file=self.name,
            line=line,
            expected=f"{width} champs, comme la première ligne",
        )

    def _unreadable(self, line: int, error: csv.Error) -> FileRefused:
        if "unexpected end of data" in str(error):
            return FileRefused(CUT, file=self.name, line=line, expected=WHOLE)
        return FileRefused(
            "cette ligne n'est pas du CSV lisible",
            file=self.name,
            line=line,
            expected="des champs séparés par des virgules, entre guillemets doublés au besoin",
        )

    def _is_last(self, line: int) -> bool:
        return not self.text.endswith(("\n", "\r")) and line >= len(self.text.splitlines())

    def _refuse_null_characters(self) -> None:
        position = self.text.find("\0")
        if position >= 0:
            raise FileRefused(
                "cette ligne contient un caractère nul",
                file=self.name,
                line=self.text.count("\n", 0, position) + 1,
                expected="du texte",
            )
