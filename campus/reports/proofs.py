"""What proves a figure, told month by month, so that no firm's plans can be read off the lines. Pure.

A line is told only if enough posts and firms stand behind it; all other months make one line, which takes in more
months until it may be told itself. Each line of the total adds up what lines of families say, and no more, so that
nothing is found by taking families from the total; what it leaves out is in its own line of other months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from campus.reports.funnel import Where
from campus.reports.hiding import small

OTHER_MONTHS = ""


@dataclass(frozen=True)
class Proof:
    """What proves a part of a figure: where it is counted, its month, what was written, who said so, how many posts."""

    where: Where
    month: str
    kind: str
    source: str
    posts: int = 1


@dataclass(frozen=True)
class ProofLine:
    """What may be told of a month, or of OTHER_MONTHS together: posts, firms, what was written and who said so."""

    month: str
    posts: int
    firms: int
    kinds: tuple[str, ...]
    sources: tuple[str, ...]


def told(proofs: Iterable[Proof]) -> list[ProofLine]:
    """Tell proofs month by month, those of OTHER_MONTHS last."""
    months: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs:
        months[proof.month].append(proof)
    rest = months.pop(OTHER_MONTHS, [])
    for month in [month for month, found in months.items() if _small(found)]:
        rest += months.pop(month)
    while months and _small(rest):
        rest += months.pop(min(months, key=lambda month: (_posts(months[month]), month)))
    lines = [_line(month, found) for month, found in sorted(months.items())]
    return [*lines, _line(OTHER_MONTHS, rest)] if rest else lines


def together(proofs: Iterable[Proof]) -> list[ProofLine]:
    """Tell proofs as one line."""
    return told(replace(proof, month=OTHER_MONTHS) for proof in proofs)


def told_of_all(families: Iterable[Sequence[Proof]], hidden: Iterable[Proof] = ()) -> list[ProofLine]:
    """Tell the proofs of all families from the lines that each of them shows; `hidden` are those of hidden families."""
    found = [replace(proof, month=OTHER_MONTHS) for proof in hidden]
    for proofs in families:
        shown = {line.month for line in told(proofs)}
        found += [proof if proof.month in shown else replace(proof, month=OTHER_MONTHS) for proof in proofs]
    return told(found)


def _posts(proofs: Iterable[Proof]) -> int:
    return sum(proof.posts for proof in proofs)


def _firms(proofs: Iterable[Proof]) -> int:
    return len({proof.where.firm for proof in proofs})


def _small(proofs: Sequence[Proof]) -> bool:
    return small(_posts(proofs), _firms(proofs))


def _line(month: str, proofs: Sequence[Proof]) -> ProofLine:
    kinds, sources = ({getattr(proof, name) for proof in proofs} for name in ("kind", "source"))
    return ProofLine(month, _posts(proofs), _firms(proofs), tuple(sorted(kinds)), tuple(sorted(sources)))
