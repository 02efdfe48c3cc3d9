"""Why a file is refused, precisely enough to correct it."""

from campus.errors import Refused


class FileRefused(Refused):
    """A file cannot be read as it is; says where, what is wrong and what would be right."""

    def __init__(
        self,
        problem: str,
        *,
        file: str,
        expected: str,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.column = column
        self.expected = expected
        super().__init__(f"{self.place} : {problem}. Attendu : {expected}.")

    @property
    def place(self) -> str:
        """Name the file, line and column in French."""
        parts = [self.file]
        if self.line is not None:
            parts.append(f"ligne {self.line}")
        if self.column is not None:
            parts.append(f"colonne « {self.column} »")
        return ", ".join(parts)
