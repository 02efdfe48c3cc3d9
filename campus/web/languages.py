"""French first, English under /en/, with the same addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import flask_babel
from babel import support
from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale

from campus.wording import catalogue

LANGUAGES = {"fr": "Français", "en": "English"}
ENVIRON_KEY = "campus.language"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class LanguagePrefix:
    """Move a leading /en from the path to the script name, so that every address made leads to English again."""

    def __init__(self, app: Wsgi) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on with its language."""
        path = environ.get("PATH_INFO", "")
        environ[ENVIRON_KEY] = "fr"
        if path == "/en" or path.startswith("/en/"):
            environ[ENVIRON_KEY] = "en"
            environ["PATH_INFO"] = path[3:] or "/"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
        return self.app(environ, start_response)


def current_language() -> str:
    """Tell the language of the current request."""
    return request.environ.get(ENVIRON_KEY, "fr")


def other_language() -> tuple[str, str, str]:
    """Give the code, the name and the address of this page in the other language."""
    other = "en" if current_language() == "fr" else "fr"
    root = request.script_root.removesuffix("/en")
    address = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return other, LANGUAGES[other], f"{root}/en{address}" if other == "en" else f"{root}{address}"


class Sentences(flask_babel.Domain):
    """Where flask-babel finds our sentences."""

    def get_translations(self) -> support.NullTranslations:
        """Give the catalogue of the reader's language."""
        locale = get_locale()
        return catalogue(locale.language if locale is not None else "fr")


def install(app: Flask) -> None:
    """Choose the language by the address, times in Europe/Paris."""
    babel = Babel(app, default_locale="fr", default_timezone="Europe/Paris", locale_selector=language_in_force)
    del babel
    sentences = Sentences()
    app.extensions["babel"].instance.domain_instance = sentences
    # flask-babel's own callables look the domain up for each sentence: a page has hundreds, and one domain.
    app.jinja_env.install_gettext_callables(
        gettext=lambda text: sentences.get_translations().ugettext(text),
        ngettext=lambda one, many, count: sentences.get_translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(other_language=other_language, current_language=current_language)


def language_in_force() -> str:
    """Tell the language of the request, French outside of one."""
    return current_language() if has_request_context() else "fr"
