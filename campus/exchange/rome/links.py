"""What ties sheets to skills, to conditions of work and to other sheets."""

from collections.abc import Container

from campus.exchange.csv_source import CsvSource
from campus.exchange.refusals import FileRefused
from campus.exchange.rome.archive import RomeArchive
from campus.exchange.rome.checks import check_label, check_new, clean, unknown_code
from campus.exchange.rome.occupations import CODES
from campus.exchange.rome.values import (
    Mobility,
    OccupationContext,
    OccupationSkill,
    WorkContext,
)

LINKS = "coherence_item"
CORE, EMERGING = "Principale", "Émergente"
CONTEXT_COLUMNS = ("code_ogr", "libelle_cont_travail", "libelle_type_cont_trav")


def read_contexts(archive: RomeArchive) -> tuple[WorkContext, ...]:
    """Read the conditions of work."""
    source = archive.source("referentiel_contexte_travail")
    contexts: dict[str, WorkContext] = {}
    for line, (ogr, label, category) in source.rows(CONTEXT_COLUMNS):
        check_new(source, ogr, contexts, line=line, column="code_ogr")
        check_label(source, label, line=line, column="libelle_cont_travail")
        contexts[ogr] = WorkContext(ogr, clean(label), clean(category))
    return tuple(contexts.values())


def read_links(
    archive: RomeArchive,
    *,
    occupation_codes: Container[str],
    skill_codes: Container[str],
    context_codes: Container[str],
) -> tuple[tuple[OccupationSkill, ...], tuple[OccupationContext, ...]]:
    """Read (links to skills, links to conditions of work); one file holds both."""
    source = archive.source(LINKS)
    skills: dict[tuple[str, str], OccupationSkill] = {}
    contexts: dict[tuple[str, str], OccupationContext] = {}
    for line, (code, ogr, heart) in source.rows(("code_rome", "code_ogr", "coeur_metier")):
        if code not in occupation_codes:
            raise unknown_code(source, code, line=line, column="code_rome", where=CODES)
        if (code, ogr) in skills or (code, ogr) in contexts:
            raise _twice(source, code, ogr, line=line)
        if ogr in skill_codes:
            _check_heart(source, heart, line=line)
            skills[code, ogr] = OccupationSkill(code, ogr, heart == CORE, heart == EMERGING)
        elif ogr in context_codes:
            contexts[code, ogr] = OccupationContext(code, ogr)
        else:
            raise unknown_code(
                source,
                ogr,
                line=line,
                column="code_ogr",
                where="referentiel_competence, _savoir ou _contexte_travail",
            )
    return tuple(skills.values()), tuple(contexts.values())


def read_mobilities(archive: RomeArchive, codes: Container[str]) -> tuple[Mobility, ...]:
    """Read which sheets are near which, nearest first."""
    source = archive.source("rubrique_mobilite")
    found: dict[tuple[str, str], Mobility] = {}
    for line, (code, target, order) in source.rows(("code_rome", "code_rome_cible", "numero_ordre")):
        for column, value in (("code_rome", code), ("code_rome_cible", target)):
            if value not in codes:
                raise unknown_code(source, value, line=line, column=column, where=CODES)
        if (code, target) in found:
            raise _twice(source, code, target, line=line)
        if not order.isdecimal():
            raise source.refuse(
                f"« {order} » n'est pas un rang",
                "un nombre entier",
                line=line,
                column="numero_ordre",
            )
        found[code, target] = Mobility(code, target, int(order))
    return tuple(found.values())


def _check_heart(source: CsvSource, heart: str, *, line: int) -> None:
    if heart not in {"", CORE, EMERGING}:
        raise source.refuse(
            f"« {heart} » n'est pas prévu",
            f"« {CORE} », « {EMERGING} » ou rien",
            line=line,
            column="coeur_metier",
        )


def _twice(source: CsvSource, code: str, other: str, *, line: int) -> FileRefused:
    return source.refuse(
        f"le lien entre {code} et {other} est déjà plus haut",
        "chaque lien une seule fois",
        line=line,
        column="code_rome",
    )
