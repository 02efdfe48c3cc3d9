"""The number of a site: fourteen digits whose sum is right, La Poste's own rule included."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as stdnum_siret


def read_siret(text: str) -> str | None:
    """Give the fourteen digits of a SIRET typed with or without spaces, or None when it is not one."""
    digits = "".join(text.split()).replace(".", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) != 14:
        return None
    try:
        return stdnum_siret.validate(digits)
    except ValidationError:
        return None


def show_siret(siret: str) -> str:
    """Write a SIRET in groups, as it is read aloud."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
