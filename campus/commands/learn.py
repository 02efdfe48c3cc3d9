"""`campus learn`: learn what each kind of evidence weighs, from questions that a publisher has answered."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import click
import numpy as np

from campus import db
from campus.config import read_settings
from campus.exchange.judged_folder import JudgedSet, read_judged
from campus.matching.calibration import learn_calibration
from campus.matching.companions import learn_companions
from campus.matching.english import in_french
from campus.matching.learning import RIDGE, Example, candidates, learn
from campus.matching.weights import WEIGHTS
from campus.queries.occupation_rows import codes_by_occupation, occupation_rows
from campus.queries.referentials import version_in_force
from campus.queries.understanding import referential

NOTHING_TO_LEARN_ON = 3
HEAD = '"""What each kind of evidence weighs, written by `campus learn`: `learning` says how, `evidence` of what."""'


@click.command("learn")
@click.option(
    "--set",
    "sets",
    nargs=2,
    type=(click.Path(path_type=Path), float),
    multiple=True,
    required=True,
    metavar="DIR WEIGHT",
    help="A folder of judged titles, and what one question of it counts; may be given several times.",
)
@click.option("--ridge", type=click.FloatRange(min=1e-6), default=RIDGE, show_default=True, help="Holds weights small.")
@click.option("--companions", is_flag=True, help="Print the companions of words that ROME lacks; DIR has a corpus.")
@click.option("--confidences", is_flag=True, help="Print the knots of the curve of confidences, by today's weights.")
def learn_weights(sets: Iterable[tuple[Path, float]], ridge: float, companions: bool, confidences: bool) -> None:
    """Print the module of weights learnt from judged job titles, with the referential of the configured database.

    Only the measures that the present module names are weighed. Takes under two minutes.

    Exit codes: 0 learnt; 2 a folder is wrong; 3 no referential in the database.
    """
    judged = [(read_judged(folder, with_corpus=companions), weight) for folder, weight in sets]
    db.configure(read_settings().database_url)
    db.begin_writing(False)
    try:
        if not version_in_force():
            click.echo("La base n'a pas de référentiel : importez-en un avec « campus import rome ».", err=True)
            sys.exit(NOTHING_TO_LEARN_ON)
        if companions:
            found = learn_companions(names_of_jobs(part for part, _ in judged), titles())
            click.echo("\n".join(f"{word}: {best};" for word, best in found.items()))
            return
        if confidences:
            knots = learn_calibration([one for part, _ in judged for one in claims(part)])
            click.echo("\n".join(["KNOTS = (", *(f"    {knot}," for knot in knots), ")"]))
            return
        names = sorted(WEIGHTS)
        learnt = learn([one for part, weight in judged for one in examples(part, weight, names)], ridge=ridge)
    finally:
        db.close()
    click.echo("\n".join([HEAD, "", "WEIGHTS = {", *lines(names, learnt.tolist()), "}"]))


def names_of_jobs(judged: Iterable[JudgedSet]) -> Iterable[list[str]]:
    """Gather the names of each concept of the corpora."""
    names: dict[str, list[str]] = defaultdict(list)
    for entry in (entry for part in judged for entry in part.corpus):
        for concept in entry.metadata.get("concepts", ()):
            names[concept].append(entry.text)
    return names.values()


def titles() -> Iterable[str]:
    """List every job title of the referential."""
    return (title for row in occupation_rows() for title in (row.label, *row.titles))


def claims(judged: JudgedSet) -> Iterable[tuple[float, bool]]:
    """Give, for the first proposals for each title, the share that each claims and whether it is right."""
    index, codes = referential().adverts(), codes_by_occupation()
    for query in judged.queries:
        for one in index.propose_occupations(in_french(query.whole).text):
            yield one.share, codes[one.occupation_id] in judged.gold[query.id]


def examples(judged: JudgedSet, weight: float, names: list[str]) -> Iterable[Example]:
    """Turn judged titles into what weights are learnt from; a title without a telling word teaches nothing."""
    index, codes = referential().adverts(), codes_by_occupation()
    for query in judged.queries:
        question = index.question(query.whole)
        if question is None or index.sheets is None:
            continue
        found, _ = index.sheets.evidence(question)
        chosen = candidates(found)
        evidence = np.stack([found[name][chosen] for name in names], axis=1)
        right = np.array([codes[index.ids[place]] in judged.gold[query.id] for place in chosen.tolist()])
        yield Example(evidence, right, weight)


def lines(names: list[str], weights: list[float]) -> Iterable[str]:
    """Write each weight with four figures."""
    return [f'    "{name}": {float(f"{weight:.4g}")},' for name, weight in zip(names, weights, strict=True)]
