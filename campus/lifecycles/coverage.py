"""What the lines of the ledger say of a post and of a need: pure folds, so that a past day can be told again.

A line is never changed: whoever disagrees adds another. The state is what nobody disputes; a hire that one says and
another denies counts as presented, and both are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from campus.lifecycles.post import CHAIN, WITNESSED

OPEN, LOST, REOPENED, CONFIRMED, CONTESTED = "open", "lost", "reopened", "confirmed", "contested"
WITNESSES = frozenset({"firm", "trainee", "document"})
PLACE = {kind: place for place, kind in enumerate((OPEN, *CHAIN))}
RESERVED = PLACE["reserved"]
LAST_UNDISPUTED = "presented"


def from_on(kind: str) -> tuple[str, ...]:
    """Give the states of a post that has come at least so far."""
    return tuple(state for state, place in PLACE.items() if place >= PLACE[kind])


@dataclass(frozen=True)
class Line:
    """One line: its kind, its number among those of the post, who says so, of whom, about which other line."""

    key: str
    kind: str
    number: int
    source: str
    candidate: str | None = None
    about: str | None = None


@dataclass
class Candidate:
    """How far one person has come towards a post, and what each source says of the hire."""

    stage: str = OPEN
    gone: bool = False
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def hires(self) -> list[str]:
        """List the hires that sources affirm."""
        return [kind for kind in self.answers.values() if kind in WITNESSED]

    @property
    def disputed(self) -> bool:
        """Tell whether one source says hired and another says not."""
        return bool(self.hires) and LOST in self.answers.values()

    @property
    def state(self) -> str:
        """Give how far the person has come, as far as nobody denies it."""
        if self.disputed:
            return min(self.stage, LAST_UNDISPUTED, key=PLACE.__getitem__)
        if self.gone or LOST in self.answers.values():
            return LOST
        return max([self.stage, *self.hires], key=PLACE.__getitem__)

    def come(self, kind: str) -> None:
        """Come to a step on the way; who was lost before is there again."""
        self.gone = False
        self.answers = {source: said for source, said in self.answers.items() if said != LOST}
        self.stage = max(self.stage, kind, key=PLACE.__getitem__)

    def hear(self, source: str, kind: str) -> None:
        """Hear a source say that the person was hired, or stayed."""
        self.gone = False
        self.answers[source] = kind

    def lose(self, source: str) -> None:
        """Hear a source say that the person is lost: a denial where it answers a hire, else the end of the way."""
        others = [kind for name, kind in self.answers.items() if name != source and kind in WITNESSED]
        if others or source in WITNESSES:
            self.answers[source] = LOST
        else:
            self.stage, self.gone, self.answers = OPEN, True, {}


@dataclass(frozen=True)
class PostCoverage:
    """What is known of a post: its state, that of each candidate, and the keys of the lines that are in dispute."""

    state: str = OPEN
    candidates: Mapping[str, str] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()


def post_coverage(lines: Iterable[Line]) -> PostCoverage:
    """Fold the lines of one post, in their order, into what is known of it.

    Lines that the firm contests (and has not confirmed since) do not count. Lost with a candidate ends that candidate's
    way; the post is lost with its last one. Lost without a candidate closes the post itself, until a line reopens it or
    somebody is hired after all; its candidates stay where they are.
    """
    ordered = sorted(lines, key=lambda line: line.number)
    contested = contested_lines(ordered)
    post = _Post()
    for line in ordered:
        if line.key not in contested and line.kind not in {CONFIRMED, CONTESTED}:
            post.read(line)
    states = {name: each.state for name, each in post.candidates.items()}
    disputes = {name for name, each in post.candidates.items() if each.disputed}
    shown = {line.key for line in ordered if (line.candidate or "") in disputes and line.kind in {*WITNESSED, LOST}}
    return PostCoverage(post.state, states, frozenset(shown | contested))


def contested_lines(lines: Sequence[Line]) -> set[str]:
    """Find the lines whose last word from the firm is that they are wrong."""
    said = {line.about: line.kind for line in lines if line.about is not None and line.kind in {CONFIRMED, CONTESTED}}
    return {key for key, kind in said.items() if kind == CONTESTED}


@dataclass
class _Post:
    """A post while its lines are read: its candidates, whether its need closed it, whether its last one was lost."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    closed: bool = False
    vacant: bool = False

    def read(self, line: Line) -> None:
        if line.kind == REOPENED:
            self.closed = self.vacant = False
        elif line.kind == LOST and line.candidate is None:
            self.closed = True
        else:
            self._follow(line)

    def _follow(self, line: Line) -> None:
        candidate = self.candidates.setdefault(line.candidate or "", Candidate())
        if line.kind == LOST:
            candidate.lose(line.source)
            self.vacant = self.vacant or candidate.state == LOST
        elif line.kind in WITNESSED:
            candidate.hear(line.source, line.kind)
            self.closed = self.vacant = False
        else:
            candidate.come(line.kind)
            self.vacant = False

    @property
    def state(self) -> str:
        living = [each.state for each in self.candidates.values() if each.state != LOST]
        best = max(living, key=PLACE.__getitem__, default=OPEN)
        return LOST if self.closed or (self.vacant and best == OPEN) else best


def need_coverage(posts: Sequence[str]) -> str:
    """Tell how far a need is covered from the states of its posts: "open", "partly", "covered" or "observed".

    Covered: somebody or a reserved seat stands behind each post; observed: somebody was hired on each.
    """
    behind = [PLACE.get(state, 0) >= RESERVED for state in posts]
    if posts and all(state in WITNESSED for state in posts):
        return "observed"
    if posts and all(behind):
        return "covered"
    return "partly" if any(behind) else OPEN


def figures(posts: Iterable[PostCoverage]) -> dict[str, int]:
    """Count, for each step of the chain, the posts that have come at least so far; and those lost, and in dispute."""
    counted: Counter[str] = Counter()
    for post in posts:
        counted["posts"] += 1
        counted["lost"] += post.state == LOST
        counted["disputed"] += bool(post.disputed)
        for kind in CHAIN:
            counted[kind] += PLACE.get(post.state, 0) >= PLACE[kind]
    return {name: counted[name] for name in ("posts", *CHAIN, "lost", "disputed")}
