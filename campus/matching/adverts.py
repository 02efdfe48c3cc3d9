"""How a pasted job advert reads: where it names the job, and which of its clauses say something."""

import re

from campus.matching.text import blank, tokens, without_noise

TITLE_WORDS = 14
MOST_HEADS = 4
LINE = re.compile(r"[^\n]+")
CLAUSE = re.compile(r"[^\n.;:!?•●▪–—]+")
GENDERED = re.compile(r"\(?\b[hf] ?/ ?[hf]\b")
NAMING = re.compile(
    r"(?:intitule(?: du poste)?|poste|metier|emploi|offre d'emploi) ?: ?(?P<after>[^\n.,;:!?]{4,90})"
    r"|(?:recherch(?:e|ons|ent)|recrut(?:e|ons|ent)|embauch(?:e|ons)|en tant qu[e']|poste d[e']|comme)"
    r"(?: (?:actuellement|pour|de|d'|nos|notre|son|sa|ses|leur|un|une|des|plusieurs|\d+))*"
    r"[ '](?P<named>[^\n.,;:!?]{4,90})"
)
# What promises, forbids, or belongs to every advert, and so names neither job nor skill.
BOILERPLATE = re.compile(
    r"aucun|sans (?:experience|diplome|qualification|formation|permis|connaissance)"
    r"|(?:pas|non|ni) (?:d'|de |exige|requis|necessaire|obligatoire|indispensable)|n'(?:est|etes) pas|ne \w+ pas\b"
    r"|debutante?s? accepte|experience (?:exigee|souhaitee|requise|appreciee|similaire|de \d|d'un)"
    r"|tickets?[- ]resto|tickets?[- ]restaurants?|mutuelle|prevoyance|prime|13e|treizieme|intere?ssement|participation"
    r"|salaire|remuneration|brut|euros|\brtt\b|conges|avantages|cheques? (?:vacances|cadeaux)|comite d'entreprise"
    r"|lettre de motivation|\bcv\b|candidature|postul|merci de|envoyez|contactez|rejoign|rejoindre"
    r"|leader|groupe international|notre (?:entreprise|client|societe)|nos valeurs|chiffre d'affaires|collaborateurs"
    r"|horaires|temps plein|temps partiel|contrat|\bcdi\b|\bcdd\b|du lundi au|week-?ends?|disponib|permis b|vehicule"
    r"|a competences egales|handicap|egalite|discrimination|interimaire|agence d'emploi|\bcet\b"
)
# What says nothing even where a title alone is asked for.
PERKS = re.compile(
    r"(?:aucune?|sans|pas d[e'])(?: \w+){0,2} (?:experience|diplome|qualification)(?: \w+)?|debutante?s? acceptee?s?"
    r"|tickets?[- ]rest\w+|cheques? (?:vacances|cadeaux|dejeuners?)|1[34]e mois"
)


def is_title(aligned: str) -> bool:
    """Tell a short job title from a pasted advert."""
    return "\n" not in aligned.strip() and len(tokens(without_noise(aligned))) <= TITLE_WORDS


def heads(aligned: str) -> list[tuple[int, int]]:
    """List the places (start, end) of an aligned advert that may name the job, the likeliest first."""
    lines = [(match.start(), match.end()) for match in LINE.finditer(aligned) if match.group().strip()]
    short = [line for line in lines if len(tokens(aligned[slice(*line)])) <= TITLE_WORDS]
    first = [line for line in short if line == lines[0]]
    gendered = [line for line in short if GENDERED.search(aligned[slice(*line)])]
    named = [_span(match) for match in NAMING.finditer(aligned)]
    return list(dict.fromkeys([*first, *gendered, *named, *(short[:1] if not lines[:1] else [])]))[:MOST_HEADS]


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("after") if match.group("after") else match.span("named")


def telling_clauses(aligned: str) -> list[tuple[int, int]]:
    """List the clauses (start, end) of an aligned advert that neither deny nor repeat what all adverts say."""
    spans = ((match.start(), match.end()) for match in CLAUSE.finditer(aligned))
    return [span for span in spans if not BOILERPLATE.search(aligned[slice(*span)])]


def only_telling(aligned: str) -> str:
    """Blank all but the telling clauses of an aligned advert."""
    kept = [" "] * len(aligned)
    for start, end in telling_clauses(aligned):
        kept[start:end] = aligned[start:end]
    return blank(GENDERED, "".join(kept))
