"""The sentences of bilingual documents: `t("...")` in a typst template, translated by the same catalogue as pages."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from campus import wording

CALL = re.compile(r'(?<![\w-])t\("([^"\\]+)"')


def extract(fileobj: IO[bytes], *_asked: Any, **_options: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give pybabel the sentences of a typst template, as its extraction interface asks."""
    for number, line in enumerate(fileobj.read().decode().splitlines(), 1):
        for sentence in CALL.findall(line):
            yield number, "gettext", sentence, []


@functools.cache
def translated(paths: Iterable[Path], language: str) -> dict[str, str]:
    """Translate every sentence of some templates; `paths` must be a tuple."""
    say = wording.catalogue(language).gettext
    found = {each for path in paths for each in CALL.findall(path.read_text(encoding="utf-8"))}
    return {each: say(each) for each in sorted(found)}
