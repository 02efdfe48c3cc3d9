"""Static files: an address that changes with the content, so that browsers may keep them for ever."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from campus.config import ROOT

FOLDER = ROOT / "campus" / "static"
ONE_YEAR_S = 365 * 24 * 3600


@functools.cache
def asset(path: str) -> str:
    """Give the address of a static file, marked with its content."""
    digest = hashlib.sha256((FOLDER / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def asset_exists(path: str) -> bool:
    """Tell whether the build brought this file: third-party scripts are optional."""
    return (FOLDER / path).is_file()


def static_files(app: Callable[..., Iterable[bytes]], *, forever: bool) -> WhiteNoise:
    """Serve the static folder in front of the application."""
    age = ONE_YEAR_S if forever else 0

    def immutable(headers: Any, _path: str, _url: str) -> None:
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cache-Control"] = f"public, max-age={age}, immutable" if age else "no-cache"

    return WhiteNoise(app, root=str(FOLDER), prefix="static/", autorefresh=not forever, add_headers_function=immutable)


def install(app: Flask) -> None:
    """Let templates name static files."""
    app.jinja_env.globals.update(asset=asset, asset_exists=asset_exists)
