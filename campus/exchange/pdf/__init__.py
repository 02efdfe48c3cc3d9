"""Documents as accessible PDF: pure rendering, data in and bytes out."""

from campus.exchange.pdf.papers import (
    AttendanceSheet,
    Attestation,
    CallUp,
    Certificate,
    Contract,
    Convention,
    HalfDay,
    LetterOfIntent,
    Outcome,
    Paper,
    Party,
    Price,
    Programme,
    Result,
    SkillAsked,
    Stamp,
    Teaching,
    When,
    lines_of,
)
from campus.exchange.pdf.rendering import print_large, render
