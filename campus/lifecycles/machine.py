"""What a table of states is made of, and how one looks a step up in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campus.errors import Refused

NEW = ""
SAME = "="


class Impossible(Refused):
    """The table knows no such step from this state, or not for this actor; `verb` and `state` say which."""


@dataclass(frozen=True)
class Transition:
    """One row: from where, the verb, to where, who may, on what condition, and what follows.

    `starts` holds states, or NEW for what does not exist yet; `ends` a state, or SAME when the verb leaves the state
    (or gives back the one from before). `guard`, `effects`, `mail` and `audit` are names: services carry them out.
    """

    starts: tuple[str, ...]
    verb: str
    ends: str
    who: tuple[str, ...]
    guard: str = ""
    effects: tuple[str, ...] = ()
    mail: str = ""
    audit: str = ""


@dataclass(frozen=True)
class Machine:
    """A table of states, under the name of its model."""

    name: str
    title: str
    states: tuple[str, ...]
    rows: tuple[Transition, ...]

    def find(self, verb: str, state: str = NEW) -> Transition | None:
        """Find the row of a verb from a state."""
        return next((row for row in self.rows if row.verb == verb and state in row.starts), None)

    def step(self, verb: str, state: str, who: str) -> Transition:
        """Give the row that lets this actor do this from here, or refuse with Impossible."""
        row = self.find(verb, state)
        if row is None or who not in row.who:
            raise Impossible(machine=self.name, verb=verb, state=state)
        return row

    def starts_of(self, verb: str) -> frozenset[str]:
        """Give the states from which a verb is possible."""
        return frozenset(start for row in self.rows if row.verb == verb for start in row.starts)

    def verbs_from(self, state: str, who: str) -> tuple[str, ...]:
        """List what an actor may do from a state."""
        return tuple(dict.fromkeys(row.verb for row in self.rows if state in row.starts and who in row.who))

    @property
    def ends(self) -> frozenset[str]:
        """Give the states that nothing leaves."""
        left = {start for row in self.rows for start in row.starts}
        return frozenset(self.states) - left

    def seen_through(self, name: str, title: str, words: Mapping[str, str]) -> Machine:
        """Give the part of a machine that passes through some states, under other words; the rest falls away."""
        rows = []
        for row in self.rows:
            starts = tuple(words[each] for each in row.starts if each in words)
            if starts and row.ends in words:
                rows.append(replace(row, starts=starts, ends=words[row.ends]))
        return Machine(name, title, tuple(dict.fromkeys(words.values())), tuple(rows))
