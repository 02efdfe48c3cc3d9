"""Refusals in words: each class that a service raises has its sentence here, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from campus.errors import Refused

_sentences: dict[type[Refused], Callable[[], str]] = {}


def says(refusal: type[Refused]) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register the sentence of a refusal; its values fill the %(names)s of the sentence."""

    def remember(make: Callable[[], str]) -> Callable[[], str]:
        _sentences[refusal] = make
        return make

    return remember


def sentence(error: Refused) -> str:
    """Say in words why a rule refused."""
    for kind in type(error).__mro__:
        if kind in _sentences:
            return _sentences[kind]() % error.values
    return error.message or _("Cette action n'est pas possible dans l'état actuel du dossier.")
