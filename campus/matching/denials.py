"""What an advert says is not asked for: "pas de management", "anglais non exigé", "no welding required"."""

import re

# A word that denies what follows it, up to where its clause ends or turns.
AHEAD = re.compile(
    r"\b(?:aucune?s?|sans(?! oublier| cesse| parler)|pas (?:besoin |necessaire )?d(?:e |')|ni|no|without)\b"
    r"(?:(?!\bmais\b|\bmeme\b|\bbut\b)[^\n.,;:!?•()]){0,80}"
)
# Words that deny what stands before them, back to where their clause starts or turns.
BACK = re.compile(
    r"\b(?:non|pas|not) (?:exige|requis|demande|necessaire|obligatoire|indispensable|required|needed|necessary)\w*"
)
TURN = re.compile(r"[\n.,;:!?•()]|\b(?:et|mais|and|but)\b")
FURTHEST_BACK = 80
Span = tuple[int, int]


def denied_spans(aligned: str) -> list[Span]:
    """List the places (start, end) of an aligned text that name what is not asked for, in order."""
    spans = [match.span() for match in AHEAD.finditer(aligned)]
    for match in BACK.finditer(aligned):
        earliest = max(0, match.start() - FURTHEST_BACK)
        turns = [turn.end() for turn in TURN.finditer(aligned, earliest, match.start())]
        spans.append((turns[-1] if turns else earliest, match.end()))
    return sorted(spans)


def split_denied(aligned: str) -> tuple[str, str]:
    """Give an aligned text in two, each as long as it: what it says, and what it denies."""
    said, denied = list(aligned), [" "] * len(aligned)
    for start, end in denied_spans(aligned):
        denied[start:end] = aligned[start:end]
        said[start:end] = " " * (end - start)
    return "".join(said), "".join(denied)
