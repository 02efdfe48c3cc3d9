"""Everything that knows HTTP. Here the application is put together from its areas."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from campus.addresses import lead_to
from campus.config import ROOT, Settings
from campus.opening_hours import read_hours
from campus.web import (
    access,
    assets,
    course_words,
    document_words,
    enrolment_words,
    errors,
    filters,
    forms,
    headers,
    health,
    languages,
    logs,
    navigation,
    notices,
    round_words,
    session_words,
    signed_in,
    site_words,
    table_files,
    transaction,
)
from campus.web.areas import AREAS

# Their order is the order in which they see a request: the log names it first, the guard comes before any view.
PARTS = (
    logs,
    transaction,
    signed_in,
    languages,
    access,
    assets,
    filters,
    forms,
    notices,
    navigation,
    site_words,
    headers,
    errors,
    course_words,
    document_words,
    session_words,
    enrolment_words,
    round_words,
    table_files,
)
LARGEST_BODY = 5 * 1024 * 1024


def make_app(settings: Settings) -> Flask:
    """Put the application together."""
    read_hours(settings.opening_hours)  # what cannot be read is refused now, not at the first offer
    app = Flask("campus", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(flask_settings(settings))
    app.config["CAMPUS"] = settings
    lead_to(settings.base_url)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in PARTS:
        part.install(app)
    app.register_blueprint(health.blueprint)
    for area in AREAS:
        access.register(app, area)
    return wrap(app, settings)


def flask_settings(settings: Settings) -> dict[str, object]:
    """Translate our settings into those of Flask and its extensions."""
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "SESSION_COOKIE_NAME": "__Host-campus" if settings.secure_cookies else "campus",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.secure_cookies,
    }


def wrap(app: Flask, settings: Settings) -> Flask:
    """Put the middlewares around the application, the outermost last."""
    app.wsgi_app = languages.LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = assets.static_files(app.wsgi_app, forever=not app.debug)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app
