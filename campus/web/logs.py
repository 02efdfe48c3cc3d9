"""Structured logs: one JSON line an event, each with the request it belongs to."""

from __future__ import annotations

import logging
import time
import uuid

import structlog
from flask import Flask, Response, g, request

QUIET = ("/static/", "/health/")


def install(app: Flask) -> None:
    """Give each request an identifier and log its answer."""
    configure(app.config["CAMPUS"].log_level)
    app.before_request(begin)
    app.after_request(finish)


def configure(level: str) -> None:
    """Write JSON lines with times in UTC; line breaks in values are escaped."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )


def begin() -> None:
    """Name the request."""
    g.request_id = uuid.uuid4().hex[:16]
    g.request_started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """Log what was answered, and how fast."""
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if not request.path.startswith(QUIET):
        took = round((time.perf_counter() - g.get("request_started", time.perf_counter())) * 1000, 1)
        structlog.get_logger("campus.request").info(
            "request", method=request.method, path=request.path, status=response.status_code, ms=took
        )
    return response
