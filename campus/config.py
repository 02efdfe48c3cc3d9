"""Settings, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from campus.errors import Refused

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "development-only-key-never-for-production"
SHORTEST_KEY = 32


class BadSettings(Refused):
    """The environment asks for something unsafe or impossible."""


@dataclass(frozen=True)
class Settings:
    """What the environment decides."""

    database_url: str
    secret_key: str
    production: bool = False
    secure_cookies: bool = False
    demo: bool = False
    base_url: str = "http://127.0.0.1:5000"
    smtp_url: str = ""
    mail_sender: str = "Campus <ne-pas-repondre@campus.invalid>"
    trusted_proxies: int = 0
    log_level: str = "INFO"
    publisher: str = ""
    contact: str = ""
    host: str = ""
    letterhead: str = "Campus"
    opening_hours: str = "lun-ven 9:00-12:30 13:30-17:30"


def default_database_url() -> str:
    """Place the embedded database in the ignored instance folder."""
    return f"sqlite:///{ROOT / 'instance' / 'campus.sqlite'}"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, and refuse to go on with an unsafe key in production."""
    env = os.environ if environ is None else environ
    production = env.get("CAMPUS_ENV", "development") == "production"
    settings = Settings(
        database_url=env.get("CAMPUS_DATABASE_URL") or default_database_url(),
        secret_key=env.get("CAMPUS_SECRET_KEY") or DEVELOPMENT_KEY,
        production=production,
        secure_cookies=production,
        demo=env.get("CAMPUS_DEMO") == "1",
        base_url=env.get("CAMPUS_BASE_URL", "http://127.0.0.1:5000").rstrip("/"),
        smtp_url=env.get("CAMPUS_SMTP_URL", ""),
        mail_sender=env.get("CAMPUS_MAIL_SENDER", Settings.mail_sender),
        trusted_proxies=int(env.get("CAMPUS_TRUSTED_PROXIES", "0")),
        log_level=env.get("CAMPUS_LOG_LEVEL", "INFO"),
        publisher=env.get("CAMPUS_PUBLISHER", ""),
        contact=env.get("CAMPUS_CONTACT", ""),
        host=env.get("CAMPUS_HOST", ""),
        letterhead=env.get("CAMPUS_LETTERHEAD") or Settings.letterhead,
        opening_hours=env.get("CAMPUS_OPENING_HOURS") or Settings.opening_hours,
    )
    if production:
        check_secret_key(settings.secret_key)
    return settings


def check_secret_key(key: str) -> None:
    """Refuse a key that is the default one or too short to be safe."""
    if key == DEVELOPMENT_KEY or len(key.encode()) < SHORTEST_KEY:
        raise BadSettings(
            f"CAMPUS_SECRET_KEY : la clé est celle par défaut ou fait moins de {SHORTEST_KEY} octets. "
            "Créez-en une avec : python3 -c 'import secrets; print(secrets.token_urlsafe(48))' "
            "puis donnez-la au service dans la variable CAMPUS_SECRET_KEY."
        )
