"""Skills, the macro-skills that group them, and knowledge."""

from campus.exchange.csv_source import CsvSource
from campus.exchange.rome.archive import RomeArchive
from campus.exchange.rome.checks import check_label, check_new, clean, unknown_code
from campus.exchange.rome.values import Skill, SkillKind

SKILLS = "referentiel_competence"
SKILL_COLUMNS = (
    "code_ogr",
    "nature",
    "libelle_competence",
    "definition",
    "code_ogr_macro_comp",
    "cat_comp",
)
KNOWLEDGE_COLUMNS = ("code_ogr_savoir", "libelle_savoir", "sous_categorie_savoir")
KINDS: dict[str, SkillKind] = {
    "Savoir-faire": "know_how",
    "Savoir-être professionnel": "behaviour",
}
NATURES = ("Compétence", "Macro-compétence")


def read_skills(archive: RomeArchive) -> tuple[tuple[Skill, ...], tuple[Skill, ...]]:
    """Read (macro-skills, skills); a macro-skill that groups others is one of its own group.

    The publisher's count of skills is that of the rows whose nature is « Compétence ».
    """
    source = archive.source(SKILLS)
    rows = _checked_rows(source)
    macro_labels = {row[0]: clean(row[2]) for row in rows.values() if row[1] == NATURES[1]}
    groups = {row[4] for row in rows.values()}
    macro_skills, skills = [], []
    for line, (ogr, nature, label, definition, macro, category) in rows.items():
        if macro and macro not in macro_labels:
            raise unknown_code(source, macro, line=line, column="code_ogr_macro_comp", where=SKILLS)
        kind = KINDS[category]
        skill = Skill(
            code=ogr,
            label=clean(label),
            kind=kind,
            definition=clean(definition),
            family=macro_labels.get(macro) or (category if kind == "behaviour" else ""),
            macro_code=macro or (ogr if ogr in groups else ""),
        )
        (skills if nature == NATURES[0] else macro_skills).append(skill)
    return tuple(macro_skills), tuple(skills)


def read_knowledge(archive: RomeArchive) -> tuple[Skill, ...]:
    """Read every piece of knowledge."""
    source = archive.source("referentiel_savoir")
    known: dict[str, Skill] = {}
    for line, (ogr, label, family) in source.rows(KNOWLEDGE_COLUMNS):
        check_new(source, ogr, known, line=line, column="code_ogr_savoir")
        check_label(source, label, line=line, column="libelle_savoir")
        known[ogr] = Skill(code=ogr, label=clean(label), kind="knowledge", family=clean(family))
    return tuple(known.values())


def _checked_rows(source: CsvSource) -> dict[int, tuple[str, ...]]:
    rows: dict[int, tuple[str, ...]] = {}
    seen: set[str] = set()
    for line, row in source.rows(SKILL_COLUMNS):
        check_new(source, row[0], seen, line=line, column="code_ogr")
        check_label(source, row[2], line=line, column="libelle_competence")
        _check_among(source, row[1], NATURES, line=line, column="nature")
        _check_among(source, row[5], tuple(KINDS), line=line, column="cat_comp")
        seen.add(row[0])
        rows[line] = row
    return rows


def _check_among(source: CsvSource, text: str, allowed: tuple[str, ...], *, line: int, column: str) -> None:
    if text not in allowed:
        choices = " ou ".join(f"« {choice} »" for choice in allowed)
        raise source.refuse(f"« {text} » n'est pas prévu", choices, line=line, column=column)
