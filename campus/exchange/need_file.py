"""A structured need in JSON: read whole, or refused with the place and what would be right."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from campus.exchange.refusals import FileRefused

FIELDS = ("title", "occupation", "posts", "earliest", "latest", "commune", "skills")
SKILL_FIELDS = ("code", "label", "level", "importance")
IMPORTANCES = ("essential", "desired")
HIGHEST_LEVEL, MOST_POSTS, LONGEST_TITLE = 4, 1000, 250


@dataclass(frozen=True)
class AskedSkill:
    """A skill that a file asks for, by its code or by its label."""

    code: str
    label: str
    level: int | None
    importance: str


@dataclass(frozen=True)
class AskedNeed:
    """A need as a file says it; codes and labels are not yet looked up."""

    title: str
    occupation: str
    posts: int
    earliest: date | None
    latest: date | None
    commune: str
    skills: tuple[AskedSkill, ...]


def read_need(text: str, file: str) -> AskedNeed:
    """Read a need from JSON."""
    fields = _Fields(_object_of(text, file), file)
    fields.only(FIELDS)
    earliest, latest = fields.day("earliest"), fields.day("latest")
    if earliest and latest and latest < earliest:
        raise fields.refused("latest", "une date qui vient avant « earliest »", f"le {earliest} ou plus tard")
    title = fields.text("title")
    if not title or len(title) > LONGEST_TITLE:
        raise fields.refused("title", "intitulé vide ou trop long", f"un texte de 1 à {LONGEST_TITLE} caractères")
    return AskedNeed(
        title=title,
        occupation=fields.text("occupation"),
        posts=fields.whole("posts", MOST_POSTS) or 1,
        earliest=earliest,
        latest=latest,
        commune=fields.text("commune"),
        skills=_skills(fields),
    )


def _object_of(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"JSON invalide au caractère {error.colno} ({error.msg})"
        expected = "du JSON bien formé, comme dans docs/operations.md"
        raise FileRefused(problem, file=file, line=error.lineno, column=str(error.colno), expected=expected) from error


def _skills(fields: _Fields) -> tuple[AskedSkill, ...]:
    found = fields.values.get("skills")
    if not isinstance(found, list):
        raise fields.refused("skills", "liste absente", "une liste de compétences, même vide")
    return tuple(_skill(_Fields(each, fields.file, f"skills[{n}]")) for n, each in enumerate(found))


def _skill(fields: _Fields) -> AskedSkill:
    fields.only(SKILL_FIELDS)
    code, label = fields.text("code"), fields.text("label")
    if bool(code) == bool(label):
        raise fields.refused("code", "ni code ni libellé, ou les deux", "« code » ou bien « label »")
    importance = fields.text("importance") or IMPORTANCES[0]
    if importance not in IMPORTANCES:
        raise fields.refused("importance", f"valeur « {importance} » inconnue", "« essential » ou « desired »")
    return AskedSkill(code, label, fields.whole("level", HIGHEST_LEVEL), importance)


class _Fields:
    """The fields of one object, each read as what it must be."""

    def __init__(self, values: Any, file: str, path: str = "") -> None:
        self.file, self.path = file, path
        if not isinstance(values, Mapping):
            raise FileRefused("ce n'est pas un objet JSON", file=file, column=path or None, expected="{...}")
        self.values: Mapping[str, Any] = values

    def refused(self, field: str, problem: str, expected: str) -> FileRefused:
        place = ".".join(filter(None, (self.path, field)))
        return FileRefused(f"champ « {place} » : {problem}", file=self.file, expected=expected)

    def only(self, known: tuple[str, ...]) -> None:
        for field in self.values:
            if field not in known:
                raise self.refused(field, "champ inconnu", "l'un de " + ", ".join(known))

    def text(self, field: str) -> str:
        return self._read(field, str, "un texte entre guillemets").strip() if self._given(field) else ""

    def whole(self, field: str, most: int) -> int | None:
        if not self._given(field):
            return None
        found = self.values[field]
        if type(found) is not int or not 1 <= found <= most:
            raise self.refused(field, f"valeur « {found} » impossible", f"un nombre entier de 1 à {most}")
        return found

    def day(self, field: str) -> date | None:
        expected = "une date comme 2027-03-31"
        return self._read(field, date.fromisoformat, expected) if self._given(field) else None

    def _given(self, field: str) -> bool:
        return self.values.get(field) is not None

    def _read(self, field: str, read: Callable[[str], Any], expected: str) -> Any:
        found = self.values[field]
        try:
            if isinstance(found, str):
                return read(found)
        except ValueError:
            pass
        raise self.refused(field, f"valeur « {found} » impossible", expected)
