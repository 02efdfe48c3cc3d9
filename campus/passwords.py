"""Passwords: hashed with argon2id at the cost OWASP recommends (19 MiB, two passes)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Hash a password for storage."""
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Check a password in the same time whether or not there is an account."""
    try:
        _hasher.verify(stored or _nobody, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None
