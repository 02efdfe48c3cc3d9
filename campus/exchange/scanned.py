"""What a file that somebody sends really is, by what it holds and not by its name: a signed paper, as a scan or photo.

Sources: ISO 32000-1, 7.5 (header and end of a PDF); PNG specification, 5.2 and 11.2; ITU-T T.81, B.1 (JPEG markers).
"""

from __future__ import annotations

import re

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
SIGNS = {
    PDF: (b"%PDF-", b"%%EOF"),
    PNG: (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
}
ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFile)(?![A-Za-z0-9])")
TAIL = 1024  # a reader looks for the end of a PDF in its last kilobyte


def kind_of(content: bytes) -> str | None:
    """Give the media type of a PDF, PNG or JPEG that is whole; None for anything else."""
    for kind, (first, last) in SIGNS.items():
        if content.startswith(first) and last in content[-TAIL:]:
            return kind
    return None


def is_active(content: bytes) -> bool:
    """Tell whether a PDF says openly that it runs or carries something: no signed paper has to."""
    return content.startswith(SIGNS[PDF][0]) and ACTIVE.search(content) is not None
