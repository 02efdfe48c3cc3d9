"""QR codes (ISO/IEC 18004), as pictures that a page can hold."""

from __future__ import annotations

import segno

QUIET_ZONE = 4  # modules, as the standard asks
SCALE = 8


def qr_picture(text: str) -> str:
    """Draw a text as a QR code of error correction M; give it as a `data:` address of an SVG picture.

    Raises ValueError when the text is longer than a code can hold (some 2,300 bytes).
    """
    code = segno.make_qr(text, error="m")
    return str(code.svg_data_uri(scale=SCALE, border=QUIET_ZONE, light="#fff"))
