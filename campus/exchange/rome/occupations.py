"""Occupations, their job titles, their ROME 3 parents and their texts."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping

from campus.exchange.rome.archive import RomeArchive
from campus.exchange.rome.checks import (
    check_label,
    check_new,
    check_rome_code,
    clean,
    unknown_code,
)
from campus.exchange.rome.values import JobTitle, Occupation

CODES = "referentiel_code_rome"
TITLES = "referentiel_appellation"
TITLE_COLUMNS = (
    "code_ogr",
    "libelle_appellation_long",
    "libelle_appellation_court",
    "code_rome",
    "code_rome_parent",
    "peu_usite",
    "classification",
)
TEXT_COLUMNS = ("code_rome", "libelle_type_texte", "position_phrase", "libelle_texte")


def read_codes(archive: RomeArchive) -> dict[str, tuple[str, str]]:
    """Read the sheets: code -> (OGR number, label), in the order of the file."""
    source = archive.source(CODES)
    codes: dict[str, tuple[str, str]] = {}
    for line, (code, ogr, label) in source.rows(("code_rome", "code_ogr", "libelle_rome")):
        check_rome_code(source, code, line=line, column="code_rome")
        check_new(source, code, codes, line=line, column="code_rome")
        check_label(source, label, line=line, column="libelle_rome")
        codes[code] = (ogr, clean(label))
    return codes


def read_job_titles(archive: RomeArchive, codes: Container[str]) -> tuple[JobTitle, ...]:
    """Read every job title, each once and with the parent of its own."""
    source = archive.source(TITLES)
    titles: dict[str, JobTitle] = {}
    for line, (ogr, label, short, code, parent, rare, rank) in source.rows(TITLE_COLUMNS):
        check_new(source, ogr, titles, line=line, column="code_ogr")
        check_label(source, label, line=line, column="libelle_appellation_long")
        if code not in codes:
            raise unknown_code(source, code, line=line, column="code_rome", where=CODES)
        check_rome_code(source, parent, line=line, column="code_rome_parent")
        titles[ogr] = JobTitle(
            ogr=ogr,
            label=clean(label),
            short_label=clean(short or label),
            occupation_code=code,
            parent_code=parent,
            rare=rare == "O",
            principal=rank == "PRINCIPALE",
        )
    return tuple(titles.values())


def build_occupations(
    archive: RomeArchive, codes: Mapping[str, tuple[str, str]], titles: Iterable[JobTitle]
) -> tuple[Occupation, ...]:
    """Join each sheet with its texts and with the parent its job titles agree on."""
    parents = parents_by_occupation(titles)
    texts = _read_texts(archive, codes)
    return tuple(
        Occupation(
            code=code,
            ogr=ogr,
            label=label,
            parent_code=parents.get(code, code),
            definition=texts.get((code, "definition"), ""),
            access=texts.get((code, "acces_metier"), ""),
        )
        for code, (ogr, label) in codes.items()
    )


def parents_by_occupation(titles: Iterable[JobTitle]) -> dict[str, str]:
    """Find the ROME 3 parent of each sheet: that of most of its job titles.

    The column of the same name in the file of codes disagrees with the job titles for some
    400 of them. A title keeps its own parent; a sheet takes the most frequent one, and where
    two are as frequent, that of its principal title (13 sheets of version 460), else the
    first in code order, so that the answer never depends on the order of the file.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    principal: dict[str, str] = {}
    for title in titles:
        votes[title.occupation_code][title.parent_code] += 1
        if title.principal:
            principal[title.occupation_code] = title.parent_code
    parents = {}
    for code, counted in votes.items():
        most = max(counted.values())
        equals = sorted(parent for parent, count in counted.items() if count == most)
        own = principal.get(code, "")
        parents[code] = own if own in equals else equals[0]
    return parents


def _read_texts(archive: RomeArchive, codes: Container[str]) -> dict[tuple[str, str], str]:
    source = archive.source("texte")
    sentences: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for line, (code, kind, position, text) in source.rows(TEXT_COLUMNS):
        if code not in codes:
            raise unknown_code(source, code, line=line, column="code_rome", where=CODES)
        if not position.isdecimal():
            raise source.refuse(
                f"« {position} » n'est pas un rang",
                "un nombre entier",
                line=line,
                column="position_phrase",
            )
        sentences[code, kind].append((int(position), clean(text)))
    return {key: "\n".join(text for _, text in sorted(found)) for key, found in sentences.items()}
