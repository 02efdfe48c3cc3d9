"""The clauses of an advert that say what the work is, once perks, contacts and the firm's own praise are gone."""

import re

from campus.matching.text import blank

Span = tuple[int, int]
CLAUSE = re.compile(r"[^\n.;:!?•●▪–—]+")
# A clause that holds one of these is about pay, perks, how to apply, or is owed by law in every advert.
SKIPPED = re.compile(
    r"tickets?[- ]rest|\bmutuelle\b|\bprevoyance\b|\b13e|treizieme mois|\bprimes?\b|intere?ssement|remuneration"
    r"|\brtt\b|conges payes|cheques? (?:vacances|cadeaux|dejeuners?)|comite d'entreprise|\bcse\b|\bcet\b|\bifm\b"
    r"|lettre de motivation|\bcv\b|votre candidature|\bpostul|merci d[e']|\benvoyez\b|\bcontactez[- ]|\brejoign"
    r"|\brejoindre\b|du lundi au|a competences egales|egalite des chances|discrimination|agence d'emploi"
    r"|\d ?(?:€|euros?\b)|\bbrute?s? (?:par|annuel|mensuel|horaire)|ouvert(?:e|s|es)? aux personnes"
    r"|meal vouchers|health insurance|salary|apply (?:now|by|with)|equal opportunit"
)
# What the firm says of itself, up to where it turns to the work.
WORK = r"\brecherch|\brecrut|\bvous\b|\bvos\b|\bmissions?\b|\bpour un poste"
FIRM = re.compile(
    rf"(?<![^\n.;:!?•])(?:(?!{WORK})[^\n.;:!?•])*"
    r"\b(?:leader|groupe (?:international|familial)|notre (?:client|societe|entreprise|groupe|histoire)|nos valeurs"
    r"|chiffre d'affaires|creee? en|fondee? en|implantee? (?:a|en|dans)|depuis (?:19|20)\d\d"
    r"|\d+ (?:collaborateurs|salaries)|specialisee? (?:dans|en))\b"
    rf"(?:(?!{WORK})[^\n.;:!?•])*"
)
# Words of contracts and conditions, which are not skills wherever they stand.
CONDITION = re.compile(
    r"\bcd[id]i?\b|\bcdd\b|\bhoraires?\b|temps (?:plein|partiel)|week-?ends?|\bdisponib\w+|permis b\b|collaborateurs"
    r"|debutante?s? accepte\w*|experience \w+|travail (?:de nuit|poste|en equipe)|\binterim\w*|\(?\b[hf] ?/ ?[hf]\b\)?"
)


def asking_clauses(aligned: str) -> list[Span]:
    """List the clauses (start, end) of an aligned text that may ask for a skill."""
    spans = ((match.start(), match.end()) for match in CLAUSE.finditer(aligned))
    return [span for span in spans if not SKIPPED.search(aligned[slice(*span)])]


def without_conditions(aligned: str) -> str:
    """Blank, in an aligned text, what the firm says of itself and the words of contracts."""
    return blank(CONDITION, blank(FIRM, aligned))
