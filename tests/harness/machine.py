"""What this machine offers to the tests: a browser, a PostgreSQL server, the shared reference data.

Looked for once, by the process that runs the others; what was found goes to the workers through the environment.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.harness.cluster import start_cluster, stop_cluster

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = "CAMPUS_TEST_CHROMIUM"
POSTGRESQL = "CAMPUS_TEST_POSTGRESQL_URL"
SHARED = "CAMPUS_SHARED"
FETCH = "CAMPUS_TEST_FETCH_BROWSER"

# Marker -> the variable that says where the thing is, and what to do where it is not.
WANTED = {
    "browser": (CHROMIUM, "no browser: install chromium, or let `make test` fetch one"),
    "postgresql": (POSTGRESQL, f"no PostgreSQL: start a server on 127.0.0.1:5432 or set {POSTGRESQL}"),
    "shared": (SHARED, f"no shared reference data: set {SHARED} to its folder"),
}


def prepare() -> None:
    """Find what the tests want, and leave word of it in the environment."""
    _note(CHROMIUM, find_browser)
    _note(POSTGRESQL, find_postgresql)
    _note(SHARED, find_shared)


def release() -> None:
    """Stop what was started for this run."""
    stop_cluster()


def missing() -> dict[str, str]:
    """Give the reason of each marker whose tests cannot run here."""
    return {marker: reason for marker, (variable, reason) in WANTED.items() if not os.environ.get(variable)}


def nothing_may_be_skipped() -> bool:
    """Tell whether this is the run that decides, where a skip is a failure."""
    return os.environ.get("CI") == "true"


def _note(variable: str, find: Callable[[], str | None]) -> None:
    if not os.environ.get(variable):
        os.environ[variable] = find() or ""


def find_browser() -> str | None:
    """Take the system's Chromium, else Playwright's, else fetch Playwright's once when asked to."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    if path := _playwright_browser():
        return path
    if os.environ.get(FETCH):
        print("No Chromium on this machine: trying to fetch one (once)", file=sys.stderr)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        fetched = subprocess.run(command, capture_output=True, timeout=600, check=False)
        if fetched.returncode == 0:
            return _playwright_browser()
    return None


def _playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_postgresql() -> str | None:
    """Take a server that lets us in on loopback, else start a cluster that is thrown away afterwards."""
    for url in _loopback_urls():
        if may_create_databases(url):
            return url
    return start_cluster()


def _loopback_urls() -> Iterator[str]:
    port = os.environ.get("PGPORT", "5432")
    for user in dict.fromkeys((os.environ.get("PGUSER"), getpass.getuser(), "postgres")):
        if user:
            yield f"postgresql+psycopg://{user}@127.0.0.1:{port}/postgres"


def may_create_databases(url: str) -> bool:
    """Tell whether the server answers at this address and lets us make databases."""
    import psycopg

    query = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=3) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def find_shared() -> str | None:
    """Take the folder of real reference data that lies beside the checkout."""
    beside = ROOT.parent / "shared"
    return str(beside) if (beside / "data" / "RefRomeCsv.zip").exists() else None
