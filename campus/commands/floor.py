"""The floor: BM25 with the French Snowball stemmer, the bare search engine that every figure stands beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

MISSING = (
    "Le plancher n'est pas mesuré : bm25s et PyStemmer ne sont pas installés. "
    "Installez-les avec : pip install bm25s PyStemmer"
)


def installed() -> bool:
    """Tell whether the peer is there."""
    return all(find_spec(name) is not None for name in ("bm25s", "Stemmer"))


class Floor:
    """Documents ranked by BM25 on their stemmed words."""

    def __init__(self, documents: Mapping[str, str], name_of: Callable[[str], str] = str) -> None:
        import bm25s
        import Stemmer

        self._tokenize: Any = bm25s.tokenize
        self._stemmer = Stemmer.Stemmer("french")
        self._names = [name_of(document) for document in documents]
        self._index = bm25s.BM25()
        self._index.index(self._words(list(documents.values())), show_progress=False)

    def rank(self, text: str, depth: int) -> list[str]:
        """List the documents that share a word with a text, best first."""
        words = self._words([text], return_ids=False)
        known = [word for word in words[0] if word in self._index.vocab_dict]
        if not known:
            return []
        numbers, scores = self._index.retrieve([known], k=min(depth, len(self._names)), show_progress=False)
        found = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        return list(dict.fromkeys(self._names[number] for number, score in found if score > 0))

    def _words(self, texts: list[str], **options: Any) -> Any:
        return self._tokenize(texts, stopwords="fr", stemmer=self._stemmer, show_progress=False, **options)
