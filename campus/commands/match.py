"""`campus match`: the courses for an advert or a need, without writing anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from campus import db
from campus.config import read_settings
from campus.exchange.need_file import read_need
from campus.exchange.refusals import FileRefused
from campus.matching.answers import Match, Reason
from campus.services.trials import Trial, can_answer, trial_as_data, try_advert, try_need

NOT_ENOUGH, NOTHING_TO_ANSWER_WITH = 1, 3
IMPORTANCES = {"essential": "indispensable", "desired": "souhaitée"}
SENTENCES = {
    "dates.in_time": "finit {days} jours avant la date limite",
    "dates.too_late": "finit trop tard, le {ends_on}",
    "dates.registration_closed": "inscriptions closes",
    "dates.no_session": "aucune session à venir",
    "dates.not_dated": "session pas encore datée",
    "dates.no_latest": "date limite du besoin inconnue",
    "entry.unknown": "un niveau d'entrée est demandé",
    "entry.too_low": "niveau d'entrée insuffisant",
    "seats.enough": "places libres : {seats}",
    "seats.some": "places libres : {seats} pour {posts} postes",
    "seats.none": "plus de place libre",
    "seats.unknown": "nombre de places inconnu",
    "certification.expires": "certification valable seulement jusqu'au {valid_until}",
    "skill.met": "{label} : couverte au niveau {reached}",
    "skill.partial": "{label} : niveau {reached} sur {required} demandé",
    "skill.level_unknown": "{label} : niveau {reached} apporté, niveau demandé à préciser",
    "skill.entry_unknown": "{label} : dépend du niveau d'entrée de la personne",
    "skill.close_macro": "{label} : approchée par « {via_label} », de la même famille",
    "skill.close_sheet": "{label} : approchée par « {via_label} », de la même fiche métier",
    "skill.close_wording": "{label} : approchée par « {via_label} », au libellé voisin",
    "skill.missing": "{label} : absente du programme",
    "occupation.same": "mène à ce métier",
    "occupation.same_parent": "mène à un métier de la même famille",
    "wording.title": "intitulé ressemblant",
    "need.few_skills": "précisez {missing} compétence(s) de plus",
    "need.no_essential": "dites quelles compétences sont indispensables",
    "need.levels_unknown": "niveaux à préciser : {count}",
    "need.no_occupation": "choisissez un métier",
    "need.no_latest": "donnez une date limite",
}
SIGNS = ("+", "?", "-")
TOGETHER = {"skill.missing": "absentes du programme"}


@click.command()
@click.option("--advert", metavar="FILE", help="A job advert in French, UTF-8 text; - for standard input.")
@click.option("--need", metavar="FILE", help="A structured need in JSON; - for standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def match(advert: str | None, need: str | None, as_json: bool) -> None:
    """Print the courses for a job advert or a need, best first, with the reasons; write nothing.

    Exit codes: 0 answered; 1 not enough data to answer; 2 the file is wrong; 3 no referential or no published
    course in the database.
    """
    if (advert is None) == (need is None):
        raise click.UsageError("Donnez --advert FILE ou bien --need FILE.")
    file = advert or need or ""
    text = read_text(file)
    asked = read_need(text, file) if need is not None else None
    db.configure(read_settings().database_url)
    db.begin_writing(False)
    try:
        if not can_answer():
            click.echo("La base n'a pas de référentiel ou pas de formation publiée.", err=True)
            sys.exit(NOTHING_TO_ANSWER_WITH)
        trial = try_need(asked, file) if asked is not None else try_advert(text)
        lines = [json.dumps(trial_as_data(trial), ensure_ascii=False, indent=2)] if as_json else told(trial)
        click.echo("\n".join(lines))
    finally:
        db.close()
    if trial.answer.not_enough:
        sys.exit(NOT_ENOUGH)


def read_text(file: str) -> str:
    """Read a file, or standard input, as UTF-8."""
    try:
        found = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return found.decode("utf-8-sig")
    except OSError as error:
        raise FileRefused(
            "fichier illisible", file=file, expected="un fichier qui existe et que l'on peut lire"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FileRefused("texte mal codé", file=file, line=line, expected="du texte en UTF-8") from error


def told(trial: Trial) -> Iterator[str]:
    """Say a trial in French, line by line."""
    yield from _asked(trial)
    answer = trial.answer
    if answer.not_enough:
        yield "Pas assez de données pour répondre :"
        yield from (f"  {_sentence(each)}" for each in answer.not_enough)
        return
    yield f"Formations ({len(answer.matches)}) :" if answer.matches else "Aucune formation publiée n'y répond."
    for position, each in enumerate(answer.matches, start=1):
        yield f"  {position}. {trial.titles[str(each.course_id)]} - {_coverage(each)}"
        yield from (f"     {line}" for line in _reasons(each))
    if answer.uncovered:
        yield "Ce qu'aucune formation n'apporte assez : " + " ; ".join(each.label for each in answer.uncovered) + "."
    if answer.hints:
        yield "Pour une meilleure réponse : " + " ; ".join(_sentence(each) for each in answer.hints) + "."


def _asked(trial: Trial) -> Iterator[str]:
    found = trial.proposals
    for each in found.occupations:
        row = trial.occupations[each.id]
        yield f"Métier proposé : {row.code} {row.label}{_words(each.words)}"
    if not found.occupations and trial.need.occupation:
        yield f"Métier : {trial.need.occupation.code} {trial.need.occupation.label}"
    yield f"Compétences ({len(trial.need.skills)}) :"
    words = {each.id: each.words for each in found.skills}
    for row in trial.need.skills:
        level = f"niveau {row.level}" if row.level else "niveau inconnu"
        said = _words(words.get(row.skill_id, ()))
        yield f"  {row.skill.label} ({IMPORTANCES[row.importance]}, {level}){said}"


def _words(words: tuple[str, ...]) -> str:
    return " - d'après " + ", ".join(f"« {each} »" for each in words) if words else ""


def _coverage(match: Match) -> str:
    """Say the essential skills of a course; the desired ones where nothing is essential."""
    counted = match.coverage
    if not counted.essential_total:
        return f"aucune compétence indispensable, {counted.desired_total} souhaitées"
    return (
        f"indispensables : {counted.essential_met} couvertes, {counted.essential_partial} en partie, "
        f"{counted.essential_missing} absentes sur {counted.essential_total}"
    )


def _reasons(match: Match) -> Iterator[str]:
    """Say what speaks for a course, what is open, then what speaks against; skills without more to say share a line."""
    for sign in SIGNS:
        for each in match.reasons:
            if each.sign == sign and each.code in SENTENCES and each.code not in TOGETHER:
                yield f"{sign} {_sentence(each)}"
    for code, word in TOGETHER.items():
        labels = [str(each.values["label"]) for each in match.reasons if each.code == code]
        if labels:
            yield f"- {word} ({len(labels)}) : {' ; '.join(labels)}"


def _sentence(reason: Reason) -> str:
    values: Mapping[str, Any] = {name: _said(value) for name, value in reason.values.items()}
    return SENTENCES.get(reason.code, reason.code).format_map(values)


def _said(value: Any) -> Any:
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value
