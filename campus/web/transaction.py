"""The one place that commits a request."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Flask, make_response, request
from werkzeug.wrappers import Response

from campus import db

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Open each request's session in the right mode, and close it whatever happens."""
    app.before_request(announce)
    app.teardown_request(lambda _error: db.close())


def announce() -> None:
    """Take the writer's lock before the first read of a request that may write."""
    db.begin_writing(request.method not in SAFE)


def commits(view: Callable[..., Any]) -> Callable[..., Response]:
    """Commit what the view did when its answer is not an error; forget it otherwise."""
    return _committing(view, ())


def commits_also(*statuses: int) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Commit on these error statuses too: a failed sign-in must leave its trace."""
    return lambda view: _committing(view, statuses)


def _committing(view: Callable[..., Any], also: tuple[int, ...]) -> Callable[..., Response]:
    @functools.wraps(view)
    def committed(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        if response.status_code < 400 or response.status_code in also:
            db.session.commit()
        else:
            db.session.rollback()
        return response

    return committed
