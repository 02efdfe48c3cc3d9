"""What changed from one version of the directory to the next."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The parts of one version that needs and courses lean on.

    `occupations` and `skills` map a code to its label, `titles` the number of a job title to
    the code of its sheet.
    """

    occupations: Mapping[str, str]
    titles: Mapping[str, str]
    skills: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heir:
    """A sheet that received job titles of another, and how many."""

    code: str
    titles: int


@dataclass(frozen=True, slots=True)
class Vanished:
    """A sheet that is gone, with those that took its job titles, most first."""

    code: str
    label: str
    heirs: tuple[Heir, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A sheet whose job titles now go to several sheets, itself included if it is still there."""

    code: str
    label: str
    heirs: tuple[Heir, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A code whose label changed."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two versions, each list in code order."""

    vanished: tuple[Vanished, ...] = ()
    split: tuple[Split, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    added: tuple[str, ...] = ()
    skills_vanished: tuple[str, ...] = ()
    skills_renamed: tuple[Renamed, ...] = ()
    skills_added: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        """Tell whether nothing changed."""
        return self == Changes()


def compare(before: Snapshot, after: Snapshot) -> Changes:
    """List the codes that vanished, split, were renamed or added.

    A sheet is split when the job titles it had, as far as they still exist, now go to
    several sheets; it may have vanished as well.
    """
    heirs = _heirs(before, after)
    return Changes(
        vanished=tuple(
            Vanished(code, before.occupations[code], heirs.get(code, ()))
            for code in sorted(before.occupations.keys() - after.occupations.keys())
        ),
        split=tuple(
            Split(code, label, heirs[code])
            for code, label in sorted(before.occupations.items())
            if len(heirs.get(code, ())) > 1
        ),
        renamed=_renamed(before.occupations, after.occupations),
        added=tuple(sorted(after.occupations.keys() - before.occupations.keys())),
        skills_vanished=tuple(sorted(before.skills.keys() - after.skills.keys())),
        skills_renamed=_renamed(before.skills, after.skills),
        skills_added=tuple(sorted(after.skills.keys() - before.skills.keys())),
    )


def _heirs(before: Snapshot, after: Snapshot) -> dict[str, tuple[Heir, ...]]:
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for title, code in before.titles.items():
        if title in after.titles:
            moves[code][after.titles[title]] += 1
    return {
        code: tuple(
            Heir(heir, titles) for heir, titles in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        for code, counted in moves.items()
    }


def _renamed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Renamed, ...]:
    return tuple(
        Renamed(code, label, after[code])
        for code, label in sorted(before.items())
        if code in after and after[code] != label
    )
