"""Documents as accessible PDF: pure rendering, data in and bytes out."""

from campus.exchange.pdf.dossiers import Bar, Chart, Dossier, Section
from campus.exchange.pdf.papers import (
    AttendanceSheet,
    Attestation,
    CallUp,
    Certificate,
    Contract,
    Convention,
    HalfDay,
    LetterOfIntent,
    Line,
    Outcome,
    Paper,
    Party,
    Price,
    Programme,
    Result,
    Run,
    SkillAsked,
    Stamp,
    Teaching,
    When,
)
from campus.exchange.pdf.prose import lines_of, prose_of
from campus.exchange.pdf.rendering import print_large, render
