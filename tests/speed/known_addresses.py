"""Whether the time of an answer tells if an address has an account: signing in, and asking for a new password.

Run by `python -m tests.speed.known_addresses [DATABASE_URL]`, on an idle machine: 200 answers for each, over HTTP,
known and unknown addresses in turn, each from an address of its own so that none is held up for having tried too often.
The gap of the medians should be at most 5 ms and the two samples not told apart (Kolmogorov-Smirnov, p > 0.05).
"""

from __future__ import annotations

import http.client
import math
import statistics
import sys
import tempfile
import time
from urllib.parse import urlencode, urlsplit

import numpy as np
from flask import Flask

from campus import clock, schema
from campus import db as campus_db
from campus.config import Settings
from campus.models import Account, Role
from campus.passwords import hash_password
from campus.web import make_app
from tests.harness.browser import serving
from tests.load.crowd import KEY, headers_of

TIMES, WARM = 200, 10
PAGES = {"/compte/connexion": {"password": "une phrase que personne n’a"}, "/compte/mot-de-passe": {}}


def main() -> None:
    """Time known and unknown addresses in turn, page by page."""
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/known.sqlite"
        settings = Settings(database_url=address, secret_key=KEY, trusted_proxies=1, log_level="CRITICAL")
        campus_db.configure(address)
        schema.upgrade()
        with campus_db.transaction():
            kept = hash_password("un vitrail bleu au soleil")
            campus_db.session.add_all(_known(number, kept) for number in range(len(PAGES) * (TIMES + WARM)))
        app = make_app(settings)
        with serving(app) as site:
            for page, (path, more) in enumerate(PAGES.items()):
                known, unknown = _times(app, site, path, more, page * (TIMES + WARM))
                sys.stdout.write(_figures(path, known, unknown))
        campus_db.engine().dispose()


def _known(number: int, kept: str) -> Account:
    return Account(
        email=f"connu{number}@exemple.fr",
        display_name=f"Personne {number}",
        role=Role.TRAINEE,
        password_hash=kept,
        confirmed_at=clock.now(),
    )


def _times(app: Flask, site: str, path: str, more: dict[str, str], first: int) -> tuple[list[float], list[float]]:
    """Give the milliseconds of the answers to known and to unknown addresses, the first few left out."""
    headers, times = headers_of(app, "nobody"), ([], [])
    line = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    for number in range(first, first + TIMES + WARM):
        for kind, name in enumerate(("connu", "inconnu")):
            body = urlencode({"email": f"{name}{number}@exemple.fr", **more})
            caller = f"10.{kind}.{number // 250}.{number % 250}"
            before = time.perf_counter()
            line.request("POST", path, body=body, headers={**headers, "X-Forwarded-For": caller})
            answer = line.getresponse()
            answer.read()
            times[kind].append((time.perf_counter() - before) * 1000)
            if answer.status >= 400 and answer.status != 422:
                raise SystemExit(f"{path} answers {answer.status}")
    line.close()
    return times[0][WARM:], times[1][WARM:]


def _figures(path: str, known: list[float], unknown: list[float]) -> str:
    a, b = statistics.median(known), statistics.median(unknown)
    return f"{path:24} known {a:.2f} ms, unknown {b:.2f} ms, gap {a - b:+.2f} ms, KS p = {_ks(known, unknown):.3f}\n"


def _ks(one: list[float], other: list[float]) -> float:
    """Give the asymptotic p-value of the two-sample Kolmogorov-Smirnov test (Smirnov, 1948)."""
    points = np.sort(np.array(one + other))
    shares = [np.searchsorted(np.sort(each), points, side="right") / len(each) for each in (one, other)]
    reach = float(np.abs(shares[0] - shares[1]).max()) * math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    series = sum((-1) ** (k - 1) * math.exp(-2 * (k * reach) ** 2) for k in range(1, 101))
    return min(1.0, max(0.0, 2 * series)) if reach > 0.2 else 1.0


if __name__ == "__main__":
    main()
