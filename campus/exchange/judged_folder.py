"""A judged set in the layout of BEIR: questions, what a publisher judged right, and where needed the documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from campus.exchange.csv_source import CsvSource
from campus.exchange.refusals import FileRefused

QUERIES, QRELS, CORPUS = "queries.jsonl", "qrels.tsv", "corpus.jsonl"
QREL_COLUMNS = ("query-id", "corpus-id", "score")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question or a document; the title and the metadata may be empty."""

    id: str
    text: str
    title: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        """Give title and text, one after the other."""
        return "\n".join(part for part in (self.title, self.text) if part)


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """The questions that have a right answer, these answers with their gains, the documents, and what is odd."""

    queries: tuple[Entry, ...]
    gold: Mapping[str, Mapping[str, float]]
    corpus: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()


def read_judged(folder: Path, *, with_corpus: bool) -> JudgedSet:
    """Read a folder; raise FileRefused, with file, line and what would be right, at the first thing wrong.

    What is merely odd (a judgement of an unknown question, a question without judgement) is left out and told.
    """
    queries = _entries(folder / QUERIES)
    gold, lines = _judgements(folder / QRELS)
    corpus = _entries(folder / CORPUS) if with_corpus else {}
    asked = tuple(query for query in queries.values() if gold.get(query.id))
    if not asked:
        expected = f"au moins une question de {QUERIES} avec un score supérieur à 0"
        raise FileRefused("aucune question n'a de bonne réponse", file=str(folder / QRELS), expected=expected)
    remarks = [*_unknown(lines, queries), *_unjudged(queries, gold)]
    if with_corpus:
        remarks += _unknown_documents(gold, corpus)
    return JudgedSet(asked, gold, tuple(corpus.values()), tuple(remarks))


def _entries(path: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        entry = _entry(line, str(path), number)
        if entry.id in found:
            raise _wrong((str(path), number), f"« {entry.id} » y est déjà", "un « _id » différent à chaque ligne")
        found[entry.id] = entry
    if not found:
        raise FileRefused("le fichier est vide", file=str(path), expected="un objet JSON par ligne")
    return found


def _entry(line: str, file: str, number: int) -> Entry:
    try:
        read = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _wrong((file, number), f"JSON invalide ({error})", "un objet JSON par ligne") from None
    if not isinstance(read, dict):
        raise _wrong((file, number), "ce n'est pas un objet JSON", 'une ligne comme {"_id": "1", "text": "..."}')
    if not read.get("text") and not read.get("title"):
        raise _wrong((file, number), "ni « text » ni « title »", "un texte dans l'un des deux")
    return Entry(
        id=_string(read, "_id", (file, number), needed=True),
        text=_string(read, "text", (file, number)),
        title=_string(read, "title", (file, number)),
        metadata=_metadata(read.get("metadata"), (file, number)),
    )


def _string(read: Mapping[str, Any], name: str, place: tuple[str, int], *, needed: bool = False) -> str:
    value = read.get(name)
    if needed and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value):
        said = f"champ « {name} » absent, vide ou qui n'est pas un texte"
        raise _wrong(place, said, f"« {name} » suivi d'un texte entre guillemets")
    return value


def _metadata(value: Any, place: tuple[str, int]) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(place, "champ « metadata » qui n'est pas un objet", 'un objet, comme {"occupation": "H1203"}')
    return value


def _judgements(path: Path) -> tuple[dict[str, dict[str, float]], dict[str, int]]:
    """Read the gains above 0 of each question, and the line that names each question first."""
    gold: dict[str, dict[str, float]] = {}
    lines: dict[str, int] = {}
    source = CsvSource(str(path), _text(path))
    for line, (query, document, score) in source.rows(QREL_COLUMNS, delimiter="\t"):
        gain = _gain(score)
        if gain is None:
            raise source.refuse(f"« {score} » n'est pas un score", "un nombre, comme 1", line=line, column="score")
        if not query or not document:
            raise _wrong((str(path), line), "une question ou un document sans nom", "trois valeurs entre tabulations")
        lines.setdefault(query, line)
        if gain > 0:
            gold.setdefault(query, {})[document] = gain
    return gold, lines


def _gain(score: str) -> float | None:
    try:
        gain = float(score)
    except ValueError:
        return None
    return gain if abs(gain) < float("inf") else None


def _text(path: Path) -> str:
    try:
        return CsvSource.decode(str(path), path.read_bytes()).text
    except OSError:
        expected = f"un dossier avec {QUERIES}, {QRELS} et, si la tâche le demande, {CORPUS}"
        raise FileRefused("fichier absent ou illisible", file=str(path), expected=expected) from None


def _wrong(place: tuple[str, int], problem: str, expected: str) -> FileRefused:
    file, line = place
    return FileRefused(problem, file=file, line=line, expected=expected)


def _unknown(lines: Mapping[str, int], queries: Mapping[str, Entry]) -> Iterator[str]:
    unknown = [query for query in lines if query not in queries]
    if unknown:
        yield (
            f"{QRELS}, ligne {lines[unknown[0]]} : la question « {unknown[0]} » n'est pas dans {QUERIES} "
            f"({len(unknown)} dans ce cas, laissées de côté)."
        )


def _unjudged(queries: Mapping[str, Entry], gold: Mapping[str, Any]) -> Iterator[str]:
    unjudged = [query for query in queries if not gold.get(query)]
    if unjudged:
        yield f"{QUERIES} : {len(unjudged)} questions sans bonne réponse, laissées de côté (ainsi « {unjudged[0]} »)."


def _unknown_documents(gold: Mapping[str, Mapping[str, float]], corpus: Mapping[str, Entry]) -> Iterator[str]:
    unknown = sorted({document for right in gold.values() for document in right if document not in corpus})
    if unknown:
        yield f"{QRELS} : {len(unknown)} bonnes réponses ne sont pas dans {CORPUS} (ainsi « {unknown[0]} »)."
