"""`campus evaluate`: how often the engine answers as a publisher judged right, beside a bare search engine."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from campus import db
from campus.commands.floor import MISSING, Floor, installed
from campus.config import read_settings
from campus.errors import Refused
from campus.exchange.judged_folder import Entry, JudgedSet, read_judged
from campus.matching.metrics import Gold, Measures, mean, measure, percentile, spread
from campus.matching.noise import gender_pairs, with_other_gender, with_typo
from campus.queries.evaluating import TASKS, WITH_CORPUS, document_names, documents, double_titles, ranker, words_of
from campus.queries.referentials import version_in_force

NOTHING_TO_ANSWER_WITH = 3
FOLDERS = {
    "titles-to-occupation": "occupations",
    "adverts-to-occupation": "occupations",
    "adverts-full-to-occupation": "occupations",
    "certifications-to-parent-occupation": "parent-occupations",
    "adverts-full-to-skills": "skills",
    "titles-to-labels": "labels",
    "needs-to-courses": "courses",
}
NOISES = ("none", "typo", "feminine")
SEED = 1
SHOWN, LONGEST_TOLD = 5, 200
FLOOR_DEPTH = 100
Rank = Callable[[Entry], list[str]]


class CannotTell(Refused):
    """The folder's name does not say which task it is for."""


@dataclass(frozen=True)
class Answered:
    """One question, what was answered, how good that was and how long it took."""

    query: Entry
    gold: Gold
    ranked: list[str]
    measures: Measures
    ms: float


@dataclass(frozen=True)
class Run:
    """What the engine and the floor answered, in which version of the referential, and how answers are called."""

    answers: Sequence[Answered]
    floor: Sequence[Answered] | None
    referential: str
    words: Mapping[str, str]

    def named(self, answer: str) -> str:
        """Name an answer by its code and its words."""
        return f"{answer} {self.words.get(answer, '')}".strip()


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--task", type=click.Choice(TASKS), help="What is asked; said by the folder's name where not given.")
@click.option(
    "--noise", type=click.Choice(NOISES), default="none", show_default=True, help="What is done to questions."
)
@click.option("--limit", type=click.IntRange(min=1), help="Ask only the first N questions.")
@click.option("--errors", type=click.IntRange(min=0), default=0, help="Also show the N worst answers.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def evaluate(folder: Path, task: str | None, noise: str, **options: Any) -> None:
    """Measure the engine on a folder of judged questions, beside BM25 in the same run; write nothing.

    DIR holds queries.jsonl, qrels.tsv and, for courses and labels, corpus.jsonl, in the BEIR layout. Every measure is
    given with the interval that holds it in 95 % of draws of as many questions. Milliseconds are those of one
    question, on one thread, the referential being in memory.

    Exit codes: 0 measured; 2 the folder or a file of it is wrong; 3 no referential in the database.
    """
    task = task or task_of(folder)
    judged = read_judged(folder, with_corpus=task in WITH_CORPUS)
    for remark in judged.remarks:
        click.echo(remark, err=True)
    run = run_on(judged, task, noise=noise, limit=options["limit"])
    if run.floor is None:
        click.echo(MISSING, err=True)
    worst = worst_of(run, options["errors"])
    head = {"folder": folder.resolve().name, "task": task, "noise": noise, "referential": run.referential}
    if options["as_json"]:
        click.echo(json.dumps(as_data(head, run, worst), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*told(head, run), *told_errors(worst)]))


def run_on(judged: JudgedSet, task: str, *, noise: str, limit: int | None) -> Run:
    """Ask the engine, then the floor, in the configured database."""
    db.configure(read_settings().database_url)
    db.begin_writing(False)
    try:
        if not version_in_force():
            click.echo("La base n'a pas de référentiel : importez-en un avec « campus import rome ».", err=True)
            sys.exit(NOTHING_TO_ANSWER_WITH)
        change = noise_of(noise)
        asked = [change(query) for query in judged.queries[:limit]]
        answers = answered(ranker(task, judged), asked, judged)
        floor = answered(floor_of(task, judged), asked, judged) if installed() else None
        return Run(answers, floor, version_in_force(), words_of(task, judged))
    finally:
        db.close()


def task_of(folder: Path) -> str:
    """Tell the task by the name of its folder, which may go on ("titles-to-occupation-2")."""
    name = folder.resolve().name
    for known in sorted(FOLDERS, key=len, reverse=True):
        if name.startswith(known):
            return FOLDERS[known]
    raise CannotTell(f"Le nom du dossier « {name} » ne dit pas la tâche : donnez --task ({', '.join(TASKS)}).")


def noise_of(noise: str) -> Callable[[Entry], Entry]:
    """Give what is done to each question before it is asked."""
    if noise == "none":
        return lambda query: query
    if noise == "typo":
        return lambda query: _changed(query, lambda text: with_typo(text, SEED))
    pairs = gender_pairs(double_titles())
    return lambda query: _changed(query, lambda text: with_other_gender(text, pairs))


def _changed(query: Entry, change: Callable[[str], str]) -> Entry:
    return replace(query, title=change(query.title), text=change(query.text))


def floor_of(task: str, judged: JudgedSet) -> Rank:
    """Give the bare search engine on the documents of a task."""
    corpus = documents(task, judged)
    bare = Floor(corpus, document_names(task))
    depth = len(corpus) if task in WITH_CORPUS else FLOOR_DEPTH
    return lambda query: bare.rank(query.whole, depth)


def answered(rank: Rank, asked: Iterable[Entry], judged: JudgedSet) -> list[Answered]:
    """Ask every question, and measure each answer."""
    found = []
    for query in asked:
        start = time.perf_counter()
        ranked = rank(query)
        ms = 1000 * (time.perf_counter() - start)
        gold = judged.gold[query.id]
        found.append(Answered(query, gold, ranked, measure(ranked, gold), ms))
    return found


def summary(answers: Sequence[Answered]) -> dict[str, Any]:
    """Give the figures of many answers: the means, their intervals, and the time of one question."""
    each = [one.measures.named() for one in answers]
    times = [one.ms for one in answers]
    return {
        "n": len(answers),
        **{name: round(value, 4) for name, value in mean([one.measures for one in answers]).named().items()},
        "median_ms": round(percentile(times, 0.5), 3),
        "p95_ms": round(percentile(times, 0.95), 3),
        "intervals": {name: [round(end, 4) for end in spread([one[name] for one in each])] for name in each[0]},
    }


def worst_of(run: Run, count: int) -> list[dict[str, Any]]:
    """Show the answers furthest from what was judged right beside it, the worst first."""
    wrong = [one for one in run.answers if one.measures.ndcg_10 < 1]
    worst = sorted(wrong, key=lambda one: (one.measures.map, one.measures.ndcg_10, one.query.id))[:count]
    return [
        {
            "_id": one.query.id,
            "text": " ".join(one.query.whole.split())[:LONGEST_TOLD],
            "right": [run.named(each) for each in sorted(one.gold)[:SHOWN]],
            "answered": [run.named(each) for each in one.ranked[:SHOWN]],
            "MAP": round(one.measures.map, 4),
        }
        for one in worst
    ]


def as_data(head: dict[str, Any], run: Run, worst: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Turn a run into JSON-able values."""
    floor = summary(run.floor) if run.floor else None
    return {**head, "campus": summary(run.answers), "floor": floor, **({"errors": worst} if worst else {})}


def told(head: dict[str, Any], run: Run) -> Iterable[str]:
    """Say the figures in French, one measure a line."""
    campus, bare = summary(run.answers), summary(run.floor) if run.floor else None
    yield f"{head['folder']} : {head['task']}, bruit {head['noise']}, {campus['n']} questions, {head['referential']}"
    yield f"{'':<12}{'Campus':>8}  {'de':>6} {'à':>6}{'BM25':>10}"
    for name, (low, high) in campus["intervals"].items():
        beside = f"{bare[name]:>10.3f}" if bare else f"{'-':>10}"
        yield f"{name:<12}{campus[name]:>8.3f}  {low:>6.3f} {high:>6.3f}{beside}"
    for name, label in (("median_ms", "médiane, ms"), ("p95_ms", "p95, ms")):
        beside = f"{bare[name]:>10.2f}" if bare else f"{'-':>10}"
        yield f"{label:<12}{campus[name]:>8.2f}{'':>15}{beside}"


def told_errors(worst: Sequence[dict[str, Any]]) -> Iterable[str]:
    """Say the worst answers, each in three lines."""
    for shown in worst:
        yield f"\n{shown['_id']} : {shown['text']}"
        yield "  juste    : " + " | ".join(shown["right"])
        yield "  répondu  : " + (" | ".join(shown["answered"]) or "rien")
