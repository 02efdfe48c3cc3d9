"""Find the publisher's files in a zip archive or a folder, all of one version."""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from campus.exchange.csv_source import CsvSource
from campus.exchange.refusals import FileRefused

FILE_NAME = re.compile(r"unix_(?P<table>.+)_v(?P<version>\d+)_utf8\.csv")
LARGEST_FILE = 200_000_000
PUBLISHER_SET = "le jeu de fichiers CSV du ROME de France Travail (archive zip ou dossier)"


@dataclass(frozen=True, slots=True)
class RomeArchive:
    """The files of one version: table name -> (file name, how to read its bytes)."""

    name: str
    version: str
    members: dict[str, tuple[str, Callable[[], bytes]]]

    def holds(self, table: str) -> bool:
        """Tell whether the archive has the file of this table."""
        return table in self.members

    def file_name(self, table: str) -> str:
        """Give the publisher's name of a table's file."""
        return f"unix_{table}_v{self.version}_utf8.csv"

    def source(self, table: str) -> CsvSource:
        """Read one table's text; raise FileRefused if it is missing, cut off or not UTF-8."""
        if table not in self.members:
            raise FileRefused(
                f"le fichier {self.file_name(table)} manque",
                file=self.name,
                expected=PUBLISHER_SET,
            )
        file_name, read = self.members[table]
        try:
            content = read()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise FileRefused(
                "ce fichier est abîmé dans l'archive",
                file=file_name,
                expected="une archive complète, à télécharger de nouveau",
            ) from None
        return CsvSource.decode(file_name, content)


def open_archive(path: Path) -> RomeArchive:
    """Open a zip archive or a folder; raise FileRefused unless it holds one version."""
    if path.is_dir():
        found = [(file.name, file.read_bytes) for file in sorted(path.rglob("*.csv"))]
    elif path.is_file():
        found = _zip_members(path)
    else:
        raise FileRefused("ce chemin est introuvable", file=path.name, expected=PUBLISHER_SET)
    versions: dict[str, str] = {}
    members: dict[str, tuple[str, Callable[[], bytes]]] = {}
    for file_name, read in found:
        if match := FILE_NAME.fullmatch(file_name):
            if match["table"] in members and match["version"] in versions:
                raise _twice(path, file_name)
            members[match["table"]] = (file_name, read)
            versions.setdefault(match["version"], file_name)
    return RomeArchive(path.name, _only_version(path, versions), members)


def _only_version(path: Path, versions: dict[str, str]) -> str:
    if not versions:
        raise FileRefused(
            "aucun fichier du ROME ici (unix_..._v460_utf8.csv)",
            file=path.name,
            expected=PUBLISHER_SET,
        )
    if len(versions) > 1:
        seen = ", ".join(f"{version} ({name})" for version, name in sorted(versions.items()))
        raise FileRefused(
            f"plusieurs versions sont mélangées : {seen}",
            file=path.name,
            expected="les fichiers d'une seule version",
        )
    return next(iter(versions))


def _twice(path: Path, file_name: str) -> FileRefused:
    return FileRefused(f"{file_name} s'y trouve deux fois", file=path.name, expected="chaque fichier une fois")


def _zip_members(path: Path) -> list[tuple[str, Callable[[], bytes]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise FileRefused(
            "ce n'est pas une archive zip lisible, ou elle a été coupée",
            file=path.name,
            expected=PUBLISHER_SET,
        ) from None
    return [(PurePosixPath(entry.filename).name, _reader(path, entry)) for entry in entries if not entry.is_dir()]


def _reader(path: Path, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        if entry.file_size > LARGEST_FILE:
            raise FileRefused(
                f"ce fichier ferait {entry.file_size // 1_000_000} Mo une fois décompressé",
                file=entry.filename,
                expected=f"moins de {LARGEST_FILE // 1_000_000} Mo",
            )
        with zipfile.ZipFile(path) as archive:
            return archive.read(entry)

    return read
