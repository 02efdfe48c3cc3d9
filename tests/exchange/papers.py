"""One sample of each document, and the way to read a PDF back."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import UTC, datetime

from pypdf import PdfReader

from campus.exchange import pdf
from campus.exchange.pdf import papers

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
CAMPUS = pdf.Party(
    "Campus industriel de Chartres",
    ("1 rue de l’Exemple, 28000 Chartres", "SIRET 732 829 320 00074", "Déclaration d’activité 24 28 00000 28"),
)
TEACHING = pdf.Teaching(
    course="Conduire une ligne de conditionnement",
    objectives=pdf.lines_of("Tenir la ligne en autonomie.\n- régler les formats\n- tracer le lot"),
    content=pdf.lines_of("Semaine 1 : découvrir\n- sécurité\n- hygiène\nSemaine 2 : conduire"),
    prerequisites=pdf.lines_of("Lire une consigne en français."),
    hours=140,
    modality="on_site",
    certification="RNCP34960, niveau 3",
    starts_on="lundi 8 mars 2027",
    ends_on="vendredi 2 avril 2027",
    place="Atelier B, 28000 Chartres",
)
OUTCOMES = (pdf.Outcome("Régler une étuveuse", 1, 3), pdf.Outcome("Tracer un lot", 0, 2))
FIRM = pdf.Party("Parfums de la Beauce", ("2 avenue de l’Essai, 28110 Lucé", "SIRET 552 100 554 00017"), "Ana Ruiz")
WHEN = tuple(
    pdf.When(f"{day} mars 2027", hours, "Atelier B")
    for day in ("lundi 8", "mardi 9")
    for hours in ("8 h 30 à 12 h", "13 h à 16 h 30")
)
PEOPLE = ("Amélie Dupont", "Çağla Özdemir", "Łukasz Wójcik", "Noé L’Hermitte")
HALVES = (pdf.HalfDay("lundi 8 mars 2027", "8 h 30 à 12 h", "Atelier B", "Inès Moreau"),)
RESULTS = (
    pdf.Result("Régler une étuveuse", 3, 3, "Inès Moreau", "2 avril 2027"),
    pdf.Result("Tracer un lot", 2, None),
)
SKILLS = (pdf.SkillAsked("Régler une étuveuse", 3, True), pdf.SkillAsked("Tracer un lot", None, False))
SAMPLES: dict[str, papers.Paper] = {
    each.template: each
    for each in (
        pdf.Programme(CAMPUS, TEACHING, OUTCOMES, ("Conduite de lignes de conditionnement",)),
        pdf.Convention(CAMPUS, TEACHING, FIRM, 4, PEOPLE, pdf.Price("1 200 € nets de taxe par personne", "à 30 jours")),
        pdf.Contract(CAMPUS, TEACHING, pdf.Party("Amélie Dupont", ("amelie@exemple.fr",)), 12),
        pdf.CallUp(
            CAMPUS, TEACHING, "Amélie Dupont", WHEN, 36, pdf.lines_of("Bus 4, arrêt Technopole.\nParking au fond.")
        ),
        pdf.AttendanceSheet(CAMPUS, TEACHING, HALVES * 2, PEOPLE * 3),
        pdf.Certificate(CAMPUS, TEACHING, "Amélie Dupont", "Parfums de la Beauce", "126 heures", False),
        pdf.Attestation(CAMPUS, TEACHING, "Amélie Dupont", RESULTS),
        pdf.LetterOfIntent(
            CAMPUS,
            FIRM,
            "2026-0042",
            "Conductrice ou conducteur de ligne",
            "H3301 Conduite d’équipement de conditionnement",
            3,
            "1er mars 2027",
            "30 juin 2027",
            "Lucé",
            SKILLS,
        ),
    )
}


def stamp(locale: str = "fr") -> pdf.Stamp:
    """Make the stamp of an invented document."""
    address = "https://campus.exemple/verifier/?numero=CAMP-2026-000123&code=K7MQ-2XWD-9RFT"
    return pdf.Stamp("CAMP-2026-000123", 2, "23 novembre 2026", "K7MQ-2XWD-9RFT", address, locale)


def printed(paper: papers.Paper, locale: str = "fr") -> PdfReader:
    """Render a document and open what came out."""
    return PdfReader(io.BytesIO(pdf.render(paper, stamp(locale), at=AT)))


def printed_large(paper: papers.Paper) -> PdfReader:
    """Render a document in large letters, from what would be kept of it."""
    return PdfReader(io.BytesIO(pdf.print_large(paper.template, asdict(paper), stamp(), at=AT)))


def text_of(reader: PdfReader) -> str:
    """Read all text of a document, on one line, without the marks where words may be cut."""
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(pages.replace("\u200b", "").replace("\u00ad", "").split())
