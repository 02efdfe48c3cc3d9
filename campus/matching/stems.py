"""The stem shared by a verb and its nouns ("régler", "réglage", "régleur"), on folded one-form words.

Rougher than one form: used only to find skills in texts, where several stems must agree.
"""

from functools import lru_cache

ENDINGS = (
    "issement", "isation", "issage", "ication", "ement", "ation", "ition", "ateur", "iteur", "iser", "ifier",
    "age", "ance", "ence", "tion", "sion", "teur", "eur", "ant", "ent", "ure", "ite", "ien", "ier",
    "iel", "ique", "aire", "able", "ible", "er", "ez", "ir", "re", "al", "el", "if", "e",
)  # fmt: skip
LEAST_STEM = 4


@lru_cache(maxsize=65536)
def stem(form: str) -> str:
    """Cut the longest known ending that leaves at least four letters."""
    for ending in ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= LEAST_STEM:
            return form[: -len(ending)]
    return form
