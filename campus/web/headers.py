"""Security headers on every answer, and no private page in any cache."""

from __future__ import annotations

from flask import Flask, Response, current_app, session

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Say what browsers may do with the answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["CAMPUS"].production:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        # Whoever has a cookie gets pages of their own: a name, a form's token.
        response.headers["Cache-Control"] = "no-store" if session or session.modified else "no-cache"
    response.headers.add("Vary", "Cookie")
    return response
