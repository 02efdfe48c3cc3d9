"""Notice files cut off at the end of a line, which no reader of lines can see."""

from collections import defaultdict
from collections.abc import Iterable

from campus.exchange.refusals import FileRefused
from campus.exchange.rome.archive import RomeArchive
from campus.exchange.rome.links import LINKS
from campus.exchange.rome.occupations import CODES, TITLES
from campus.exchange.rome.values import RomeRelease

SHEET_CONTENTS = "liens_rome_referentiels"
WHOLE = "les fichiers complets d'une même version"


def refuse_cut_files(archive: RomeArchive, release: RomeRelease) -> None:
    """Raise FileRefused if a sheet lacks what every sheet has, or if two files disagree.

    Every sheet has one principal job title, skills, a definition and near sheets. Where the
    publisher's list of the contents of each sheet is there, it is compared link by link.
    """
    codes = {occupation.code for occupation in release.occupations}
    if not codes:
        raise _cut(archive, CODES, "aucun métier dans ce fichier")
    principal = {title.occupation_code for title in release.job_titles if title.principal}
    linked = {link.occupation_code for link in release.occupation_skills}
    defined = {found.code for found in release.occupations if found.definition}
    near = {mobility.occupation_code for mobility in release.mobilities}
    for table, what, present in (
        (TITLES, "l'appellation principale", principal),
        (LINKS, "une compétence", linked),
        ("texte", "la définition", defined),
        ("rubrique_mobilite", "un métier proche", near),
    ):
        _refuse_missing(archive, table, what=what, missing=codes - present)
    _refuse_gaps(archive, release)
    if archive.holds(SHEET_CONTENTS):
        _compare_with_contents(archive, release)


def _refuse_missing(archive: RomeArchive, table: str, *, what: str, missing: set[str]) -> None:
    if missing:
        shown = ", ".join(sorted(missing)[:5])
        raise _cut(archive, table, f"{what} manque pour {len(missing)} métier(s) : {shown}")


def _refuse_gaps(archive: RomeArchive, release: RomeRelease) -> None:
    orders: dict[str, set[int]] = defaultdict(set)
    for mobility in release.mobilities:
        orders[mobility.occupation_code].add(mobility.order)
    gaps = {code for code, found in orders.items() if max(found) != len(found)}
    _refuse_missing(archive, "rubrique_mobilite", what="un rang de métier proche", missing=gaps)


def _compare_with_contents(archive: RomeArchive, release: RomeRelease) -> None:
    source = archive.source(SHEET_CONTENTS)
    listed: dict[str, set[tuple[str, str]]] = {"titles": set(), "links": set()}
    for _, (code, block, ogr) in source.rows(("code_rome", "code_compo_bloc", "code_ogr")):
        if block == "2":
            listed["titles"].add((code, ogr))
        elif block in {"5", "6"}:
            listed["links"].add((code, ogr))
    titles = {(title.occupation_code, title.ogr) for title in release.job_titles}
    links = {(link.occupation_code, link.skill_code) for link in release.occupation_skills}
    links |= {(link.occupation_code, link.context_code) for link in release.occupation_contexts}
    _refuse_difference(archive, TITLES, read=titles, listed=listed["titles"])
    _refuse_difference(archive, LINKS, read=links, listed=listed["links"])


def _refuse_difference(
    archive: RomeArchive, table: str, *, read: Iterable[tuple[str, str]], listed: set[tuple[str, str]]
) -> None:
    different = listed.symmetric_difference(read)
    if different:
        code, ogr = min(different)
        raise _cut(
            archive,
            table,
            f"ce fichier et unix_{SHEET_CONTENTS} diffèrent de {len(different)} ligne(s), par exemple {code} et {ogr}",
        )


def _cut(archive: RomeArchive, table: str, problem: str) -> FileRefused:
    return FileRefused(problem, file=archive.file_name(table), expected=WHOLE)
