"""French words made comparable: accents, case, advert noise and double forms of titles taken away.

Everything that points back into a text keeps its offsets: what is taken away is blanked, not cut.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from campus.matching import units
from campus.matching.gender import one_form

STOP_WORDS = frozenset(re.findall("[a-z]+", """
    a au aux avec ce ces d dans de des du elle en et il je l la le les leur lui ma mais me mes mon
    ne nos notre nous on ou par pas pour qu que qui sa sans se ses si son sur ta te tes toi ton tu
    un une vos votre vous c j m n s t y est sont etre afin ainsi selon lors chez vers entre the of
    and for in to
"""))  # fmt: skip
MARKS = "\u0300-\u036f"
COMBINING = re.compile(f"[{MARKS}]")
WORD = re.compile(rf"[a-z]&[a-z]\b|c\+\+|c#|[a-z0-9œæ{MARKS}]+")

FEMININE = (
    "e|ne|se|te|le|fe|ve|re|rice|trice|euse|teuse|use|ere|iere|gere|here|lere|ice|enne|ienne|onne|nne|elle|lle|ffe"
    "|esse|sse|ee|drice|ive|ete|ie"
)
SHORT_FORMS = re.compile(
    rf"(?<=[a-z])\((?:[a-z]{{0,5}}e)?s?\)|\((?:{FEMININE}|s|es)s?\)"
    rf"|[·.](?:{FEMININE})(?:[·.]?s)?\b"
    rf"|(?<=[a-z]{{3}})/(?:{FEMININE})s?\b"
    r"|(?<=[a-z]{3})-(?:e|ne|se|fe|rice|trice|euse|ere|iere|esse|sse)s?\b"
)
ADVERT_NOISE = re.compile(
    r"\(?\b[hfmx] ?[/-] ?[hfmx](?: ?[/-] ?[hfmxd])?\b\)?"
    r"|\bcd[id]i?\b|\bcdd\b|\binterim(?:aire)?s?\b|\balternan(?:ce|t|te)\b|\bstage\b|\bapprentissage\b"
    r"|\b\dx\d\b|\b\d+(?: ?(?:%|h|heures?|euros?|k|k€|€|ans?|mois))?(?!\w)"
    r"|\b(?:a )?temps (?:plein|partiel)\b|\b(?:equipe de )?(?:nuit|jour) ?/ ?(?:nuit|jour)\b"
    r"|\burgent\b|\bposte d[e']|\bconfirmee?s?\b|\bdebutante?s?\b|\bsecteurs?\b|\ba former\b|\bet alentours\b"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One meaningful word of a text: its one form, and where it stands in the original."""

    form: str
    start: int
    end: int


class _Alignment(dict[int, str]):
    """Map each character to one plain character, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lowered = char.lower() if len(char.lower()) == 1 else char
        base = unicodedata.normalize("NFKD", lowered)[0]
        self[code] = {"’": "'", "ʼ": "'"}.get(char, base if base.isalnum() else lowered)
        return self[code]


_ALIGNMENT = _Alignment()


def align(text: str) -> str:
    """Lower the text and drop accents without moving any character."""
    return text.translate(_ALIGNMENT)


def fold(text: str) -> str:
    """Lower the text and drop its accents, ligatures spelled out."""
    spelled = align(text)
    if spelled.isascii():
        return spelled
    return COMBINING.sub("", spelled.replace("œ", "oe").replace("æ", "ae"))


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace each match by as many spaces."""
    return pattern.sub(lambda match: " " * len(match.group()), text)


def blank_outside(text: str, place: tuple[int, int]) -> str:
    """Keep one place (start, end) of a text and replace the rest by spaces."""
    start, end = place
    return " " * start + text[start:end] + " " * (len(text) - end)


def without_noise(aligned: str) -> str:
    """Blank, in an aligned text, short feminine forms and what adverts add to a title ("H/F", "CDI")."""
    return blank(ADVERT_NOISE, blank(SHORT_FORMS, aligned))


def tokens(aligned: str) -> list[Token]:
    """List the meaningful words of an aligned text, in order, each with its one form."""
    found = []
    for match in WORD.finditer(aligned):
        word = fold(match.group())
        if word not in STOP_WORDS and not word.isdigit():
            found.append(Token(one_form(word), match.start(), match.end()))
    return found


def content_words(text: str) -> tuple[str, ...]:
    """List the folded words that carry meaning, in order, as they are written."""
    return tuple(word for word in WORD.findall(fold(text)) if word not in STOP_WORDS)


def forms(text: str) -> tuple[str, ...]:
    """List the different meaningful words of a text by their one form, in order of appearance."""
    return tuple(dict.fromkeys(one_form(word) for word in content_words(text) if not word.isdigit()))


def title_forms(title: str) -> tuple[str, ...]:
    """List the different words of a job title by their one form, noise and double forms taken away."""
    return tuple(dict.fromkeys(token.form for token in tokens(without_noise(align(title)))))


@lru_cache(maxsize=16384)
def trigrams(text: str) -> frozenset[str]:
    """Give the character trigrams of the text's meaningful words, each word padded."""
    padded = [f"_{word}_" for word in forms(text)]
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


@lru_cache(maxsize=32768)
def shared_trigrams(one: str, other: str) -> tuple[int, int, int]:
    """Count the trigrams that two wordings share, those of the one, and those of the other."""
    mine, theirs = trigrams(one), trigrams(other)
    return len(mine & theirs), len(mine), len(theirs)


def similarity(one: str, other: str) -> float:
    """Compare two wordings from 0 to 1: Dice's coefficient of their trigrams (0 when either is empty)."""
    common, mine, theirs = shared_trigrams(one, other)
    return 2 * common / (mine + theirs) if common else 0.0


def likeness(one: str, other: str) -> float:
    """Compare two wordings as `similarity` does, to the hundredth."""
    hundredths: int = units.likeness(*shared_trigrams(one, other))
    return hundredths / 100
