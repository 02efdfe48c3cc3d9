"""What a certification's title says beside its subject: the diploma, the school, the register.

"Ingénieur diplômé de l'École nationale supérieure d'arts et métiers, spécialité mécanique" is about engineers and
mechanics; the school's own words ("arts", "métiers") point to other trades. What says nothing of the subject is
blanked, so that every other word keeps its place.
"""

import re

from campus.matching.text import align, blank

SUBJECT = r"(?:specialites?|mentions?|options?|parcours)\b"
# From the diploma to the word that announces the subject; a school that no subject follows keeps its own words.
SCHOOL = re.compile(rf"\bdiplomee?s? (?:de|du|d'|des|conjoint)[^\n]*?(?=\b{SUBJECT})")
SCHOOL_WORDS = re.compile(
    r"\bdiplomee?s? (?:de l'|de la|des|de|du|d')"
    r"|\b(?:conservatoire national des |nationale superieure d')arts et metiers\b"
    r"|\b(?:ecoles?|institut|universite|universitaire|centre|polytechnique|nationale?s?|superieure?s?|technologies?"
    r"|sciences appliquees|d'ingenieurs)\b(?= )"
)
CONTEST = re.compile(
    r"un des meilleurs ouvriers de france[^\n:-]*?groupe ?[ivx]+ ?:?(?: metiers d[eu][^\n]*?)?(?:-? ?classe \d+ ?:)?"
)
PARTNERS = re.compile(
    r"\ben (?:partenariat|convention|association) avec[^\n]*|\bpar la voie[^\n]*|\bconferant le grade[^\n]*"
)
REGISTER = re.compile(
    rf"\((?:[^()\n]*\b(?:nationale?|brevet|diplome|itii|ecole)\b[^()\n]*|ms|btm|titre)\)|{SUBJECT}(?: [a-d]\b)?"
    r"|\b(?:domaine )?sciences,? technologies?,?(?: et)? sante\b|\bdomaine\b"
    r"|\b(?:licence professionnelle|licence|master|mastere|maitrise|bachelor|doctorat|deust|bts|but|dut|bepa?|capa?"
    r"|cqpm?|brevet (?:de technicien(?: superieur)?|professionnel)|baccalaureat(?: professionnel)?|bac pro"
    r"|titre professionnel|tp|certificat(?: de specialisation| d'aptitude professionnelle)?)\b"
)
SHORT = 300


def subject_of(text: str) -> str:
    """Blank, in a course's or certification's text, what names its diploma, school and register; places stay.

    Where nothing would be left the text comes back as it was.
    """
    aligned = align(text)
    for pattern in (CONTEST, PARTNERS, SCHOOL):
        aligned = blank(pattern, aligned)
    if "diplome" in aligned:
        aligned = blank(SCHOOL_WORDS, aligned)
    aligned = blank(REGISTER, aligned)
    kept = "".join(char if found != " " else " " for char, found in zip(text, aligned, strict=True))
    return kept if kept.strip(" \n.,;:-()«»") else text


def in_one_line(text: str) -> str:
    """Put a short text (a title and a few key words, at most 300 characters) in one line, as one title; places stay."""
    return text.replace("\n", " ") if len(text) <= SHORT else text
