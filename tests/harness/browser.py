"""A real browser on a real server, in this process: the pages of a person, no request to anywhere else."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page, Route
from werkzeug.serving import WSGIRequestHandler, make_server

from campus.models import Account
from tests.harness.client import opened_for
from tests.harness.machine import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]


class QuietHandler(WSGIRequestHandler):
    """A request handler that leaves the log to the application and does not wait for ever for a request."""

    timeout = 5

    def log(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing."""


def read_whole(app: Flask) -> Any:
    """Read and close each answer before it is sent: this server forgets to close one whose browser has gone."""

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        chunks = app(environ, start_response)
        try:
            return [b"".join(chunks)]
        finally:
            chunks.close()

    return answer


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application on a free port of this machine; give its address."""
    server = make_server("127.0.0.1", 0, read_whole(app), threaded=True, request_handler=QuietHandler)
    server.daemon_threads = False  # closing the server waits for the requests under way
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def launch(playwright: Any) -> Browser:
    """Start the browser that the machine offers."""
    return playwright.chromium.launch(executable_path=os.environ[CHROMIUM], args=FLAGS)


def cookie_for(app: Flask, account: Account, origin: str) -> dict[str, Any]:
    """Make the cookie of a person who is signed in, for a browser to start with."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": serializer.dumps(opened_for(account)), "url": origin}


@contextmanager
def visit(browser: Browser, origin: str, cookie: Any = None, **options: Any) -> Iterator[Page]:
    """Open a page as a new person; a request elsewhere, an error of the page or a refusal of its policy fails."""
    context = browser.new_context(base_url=origin, locale="fr-FR", timezone_id="Europe/Paris", **options)
    context.set_default_timeout(15_000)
    if cookie:
        context.add_cookies([cookie])
    faults = _watch(context, origin)
    try:
        page = context.new_page()
        page.scripted = options.get("java_script_enabled", True)
        yield page
    finally:
        context.close()
    assert not faults, "\n".join(faults)


def _watch(context: BrowserContext, origin: str) -> list[str]:
    faults: list[str] = []

    def gate(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(origin).netloc:
            route.continue_()
        else:
            faults.append(f"request to another origin: {route.request.url}")
            route.abort()

    context.route("**/*", gate)
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    context.on("console", lambda said: _hear(said.text, faults))
    return faults


def _hear(said: str, faults: list[str]) -> None:
    if "Content Security Policy" in said:
        faults.append(said)


def assert_accessible(page: Page, *, only: tuple[str, ...] = ()) -> None:
    """Fail when axe finds anything against our rules, or only some of them; it needs script to look."""
    if not page.scripted:
        return
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    rules = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}  # no rule of ours asks for it
    violations = page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(node["html"][:160] for node in violation["nodes"][:5])
        for violation in violations
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)
