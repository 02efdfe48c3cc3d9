"""One form for the masculine, feminine and plural of a French word, on folded words.

The endings were learnt from the 6,000 double job titles of ROME ("Conducteur / Conductrice"): an ending
stands here when it joins the two forms of its pairs and no unrelated words of the referential; the words
that it would wrongly join, and irregular pairs, are listed one by one. The short ones ("vente", "tente",
"plante") are kept apart by the shortest length an ending applies to.
"""

import re
from functools import lru_cache

# (ending, what it becomes, length of the shortest word it applies to)
ENDINGS = (
    ("trice", "teur", 6),
    ("euse", "eur", 6),
    ("eux", "eur", 6),
    ("eure", "eur", 7),
    ("iere", "ier", 6),
    ("ere", "er", 6),
    ("enne", "en", 6),
    ("onne", "on", 6),
    ("anne", "an", 7),
    ("elle", "el", 7),
    ("ale", "al", 6),
    ("ante", "ant", 6),
    ("ente", "ent", 6),
    ("ointe", "oint", 7),
    ("erte", "ert", 6),
    ("ive", "if", 6),
    ("aise", "ais", 7),
    ("oise", "ois", 7),
    ("aine", "ain", 7),
    ("arde", "ard", 7),
    ("ate", "at", 7),
    ("woman", "man", 6),
    ("ee", "e", 5),
)
PAIRS = re.findall(
    r"\w+",
    """
femme homme  fille garcon  hotesse hote  steward hote  maitresse maitre  contremaitresse contremaitre
poetesse poete  pretresse pretre  barmaid barman  cheffe chef  publique public  pizzaiola pizzaiolo
torera torero  banderilla banderillo  bookeuse booker  designeuse designer  rewriteuse rewriter
dispatcheuse dispatcheur  dispatcher dispatcheur  reportrice reporter  manageuse manager
decontamineuse decontaminateur  decontamineur decontaminateur  ambassadrice ambassadeur
apprentie apprenti  marchande marchand  seconde second  tisserande tisserand  allemande allemand
grande grand  commise commi  commis commi  avocate avocat  artisane artisan  consule consul
grillardine grillardin  laborantine laborantin  prefete prefet  canine canin  equine equin  porcine porcin
bovine bovin  ovine ovin  caprine caprin  rabbine rabbin  cheminote cheminot  matelote matelot
substitute substitut  adjointe adjoint  travaux travail  vitraux vitrail  materiaux materiau
woman man  marine marin  yeux oeil  lieux lieu  milieux milieu  enjeux enjeu  jeux jeu  feux feu  cheveux cheveu
""",
)
APART = ("carriere", "matrice", "armee", "entree", "graine", "selle", "plante", "plongee", "garde", "fils", "cours")
IRREGULAR = {**dict(zip(PAIRS[::2], PAIRS[1::2], strict=True)), **dict(zip(APART, APART, strict=True))}


@lru_cache(maxsize=65536)
def one_form(word: str) -> str:
    """Give the one form that stands for a folded word's masculine, feminine, singular and plural."""
    form: str = singular(word)
    for _ in range(2):
        if form in IRREGULAR:
            return IRREGULAR[form]
        masculine = _masculine(form)
        if masculine == form:
            break
        form = masculine
    return form


def _masculine(word: str) -> str:
    for ending, masculine, shortest in ENDINGS:
        if len(word) >= shortest and word.endswith(ending):
            return word[: -len(ending)] + masculine
    return word


def singular(word: str) -> str:
    """Give the singular of a folded word."""
    if len(word) < 4 or word in IRREGULAR:
        return word
    if word.endswith(("eaux", "yaux", "oux")):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
