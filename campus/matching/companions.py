"""Words that no job title of ROME holds, each with one that it is also read as: "videur" finds "portier".

ESCO gives several names to each job. A word that stands in some of them, but in no title of ROME, is given the word
of ROME's titles that the other names of the job have in its place.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from campus.matching.text import forms

Name = tuple[str, ...]
# What another name says for its words when it shares none with the name that holds the unknown word; below LEAST
# (a share of the names times a rarity) a companion is left out.
UNLIKE, LEAST = 0.3, 0.27
# Learnt from the French names of ESCO (© European Union, classification ESCO, reused under its terms) in the corpus of
# titles-to-labels, and from ROME version 460: printed by `campus learn --companions`. Forms are those of `text.forms`.
COMPANIONS: Mapping[str, str] = dict(
    re.findall(
        r"(\w+): (\w+);",
        """
    achif: archif; aconier: portuaire; addictologue: specialiste; adr: dangereur; aeoportuaire: aeroportuaire;
    aeration: minier; agenda: agent; agentde: agent; agroequipement: equipement; al: apprentissage; alcoolise:
    gazeur; allocataire: recouvrement; alternatif: douce; amincissement: dieteticien; animaler: animalier;
    anmialier: animalier; anodisation: anodiseur; antirouille: industriel; appreciateur: evaluateur; aq:
    assurance; arabite: pratique; armurerie: feu; assesseur: observateur; assure: teleconseiller; astronaute:
    spatial; at: evenementiel; audiodescripteur: traducteur; audiologie: gerant; autoecole: conduite;
    automation: robotique; autorise: ethique; babysitter: parental; bagage: chasseur; bail: location;
    bandagisterie: materiel; barre: timonier; batie: cadastre; bergerie: pasteur; beurre: glace; bicolage:
    bricolage; billet: reservation; billeterie: billetterie; biotechnologiste: biotechnologie; bitume: asphalte;
    bleu: blanc; boardeur: scenariste; boisson: liquide; bonbon: confiserie; botanique: botaniste; boudineur:
    extrusion; bougie: blanchiment; boy: homme; briquetier: couleur; broadcasting: tele; broyer: broyeur;
    cadastral: propriete; calandrage: calandreur; calcination: chargeur; calciner: betonnier; calibration:
    metrologue; call: appel; campagne: lobbyiste; campement: camping; capillaire: coiffeur; caplp: accueil;
    cardiovasculaire: respiratoire; carnetier: blogueur; cartographie: cartographe; categorie: manager;
    catholique: pratique; catman: manager; cdo: donne; charbon: betonnier; chausseur: chaussure; checker:
    verificateur; chewing: ouvrier; chiropracticien: chiropracteur; chiropraxie: chiropracteur; chirurgical:
    chirurgie; chocolatie: chocolatier; chromatographe: masse; chromatographiste: masse; cidre: cidrerie;
    clarificateur: equipement; clarification: operateur; climatologiste: climatologue; coagulation: caoutchouc;
    commissariat: catering; communicateur: redacteur; compactage: damage; comparatif: specialise; comportement:
    structure; comportemental: specialise; compresseur: compacteur; conciergerie: intendant; concurrentiel:
    strategique; configurateur: configuration; congelation: alimentaire; connaissance: cogniticien; conserve:
    conserverie; conserveur: conserverie; coodonnateur: coordonnateur; cosmologiste: cosmologue; cosmonaute:
    spatial; cote: sauveteur; coucheur: papetier; couple: conjugal; cribleur: trieur; decolleter: decolleteur;
    demoisel: dame; demouleur: roulant; deneigement: neige; denre: hygiene; depute: parlementaire;
    desalinisation: station; desamiantage: superviseur; descripteur: traducteur; deshydrateur: sechoir;
    dessalement: station; dessiccation: production; diariste: blogueur; didactique: pratique; digesteur:
    betonnier; dimension: 3d; distillateur: technicien; distillation: prepose; doctorant: assistant; dogmatique:
    pratique; doyen: president; dresser: dresseur; dubatiment: batiment; dvd: video; ebouillantage: concassage;
    ecclesial: assistant; ecoconseiller: environnement; ecogeologue: geologue; ecurie: palefrenier; egout:
    egoutier; elearning: apprentissage; electrolytique: galvanoplaste; emballer: conditionnement; emboite:
    integre; embryonnaire: embryon; endodontiste: orthodontiste; environnment: environnement; ergotherapie:
    ergotherapeute; erseh: referent; escalade: ski; estimateur: evaluateur; evaluation: evaluateur; explosif:
    melangeur; fabriquer: confectionneur; facilite: accessibilite; fact: verificateur; faculte: universite;
    faience: ceramique; fait: pratique; familier: compagnie; fantassin: soldat; ferme: agricole; fermenteur:
    operateur; fin: extrusion; fleche: mural; flottation: papetier; flyer: prospectu; foire: ambulant; fouleur:
    agroalimentaire; fournier: boulanger; fraiser: fraiseur; friandise: confiserie; friperie: fripier; fuvial:
    fluvial; garnir: conditionnement; garniture: conditionnement; gentil: club; gentille: club; geriatrique:
    respiratoire; girl: homme; go: organisateur; gomme: fabricant; gouteur: degustateur; gouveneur: gouverneur;
    gouvernemental: etat; grec: langue; grilladin: grillardin; grille: marchand; grilleur: prepose; gum:
    ouvrier; hasard: loterie; hat: ethique; honoraire: general; horloge: horloger; houlomoteur: hydroelectrique;
    huile: huilerie; hydroelectricite: energie; hydrometallurgie: metallurgiste; hydrometallurgiste:
    metallurgiste; hydrotherapiste: animal; hygeniste: hygieniste; hypothecaire: bancaire; ifa: institut; ifap:
    institut; illustratice: illustrateur; ilotier: contractuel; imbrique: integre; immateriel: propriete;
    immigration: etranger; inclusion: egalite; incorpore: integre; info: maitrise; institution: judiciaire;
    intellectuel: brevet; interet: pression; investisseur: financier; ippj: jeunesse; islamique: pratique;
    islation: isolation; itineraire: circuit; iu: interface; jonctionneur: bande; kinesiologue: kinesiologie;
    labile: hygieniste; labo: laboratoire; laic: assistant; laique: assistant; latex: caoutchouc; latin: langue;
    leasing: location; legislatif: juridique; lieur: preparateur; limonade: gazeur; loa: location; lour: camion;
    loyer: hlm; lpv: location; macher: fabricant; malterie: malteur; manifestation: soire; mannequine:
    mannequin; marechalerie: ferrant; maremoteur: hydroelectrique; marshaller: placeur; massotherapeute: animal;
    mat: demolition; matela: matelassier; maternite: maieuticien; maton: penitentiaire; mention: fret; mesurage:
    classeur; metrologiste: metrologue; miel: apiculteur; minerai: concasseur; miniaturiste: maquettiste; moder:
    hlm; mollusque: mareyeur; moniteir: moniteur; montre: horloger; multiartiste: performance; multiniveau:
    reseau; mutuel: cooperatif; nanoscience: chimie; neutralisation: production; nontisse: tisse; notation:
    actuariel; nounou: puericulteur; nourriture: alimentation; odontologie: chirurgien; officiel: etat;
    onduleur: onduler; opeateur: operateur; optomecanique: mecanique; orale: coach; ostheopathe: animal; pacha:
    patron; parapent: plongee; parlement: parlementaire; parodontiste: orthodontiste; parole: coach; pastoral:
    mission; pathologiste: specialise; pavillonneur: individuel; pedodontiste: orthodontiste; pendule: horloger;
    penitentaire: penitentiaire; penitentiare: penitentiaire; performer: performance; peripherique: appareil;
    perte: dieteticien; petrolifer: petrole; pharmacoeconomiste: galeniste; pharmacologiste: pharmacologue;
    physiologue: physiologiste; pipeline: corrosion; piratage: hacker; pirate: hacker; pjj: jeunesse; plane:
    abrasion; pmu: gerant; podologie: podologue; poisonnier: partie; pompage: surveillant; portable: mobile;
    portatif: mobile; poule: volaille; poulet: volaille; pre: avant; precontraint: materiau; pressage: broyeur;
    prestataire: fournisseur; preventionniste: prevention; promesse: achat; protestant: pratique; province:
    prefet; psychosocial: crise; puit: etireur; pulveriser: stratifieur; purificateur: prepose; qualitatif:
    donne; radiodiffusion: radio; radiopharmacien: pharmacien; radioprotectionniste: radioprotection; rare:
    ancien; reastauration: directeur; reboisement: sylvicole; recteur: president; rectifier: rectifieur; recuit:
    recuiseur; religieur: culte; remouleur: outil; rencontre: matrimonial; reperange: reperage; reproduction:
    inseminateur; reseautique: reseau; resilience: resistance; ressort: ressortier; revenu: yield; rocher: fond;
    rouleau: compacteur; ruche: apiculteur; ruminant: specialise; sabot: ferrant; sanguin: hygieniste; savoir:
    cogniticien; scenarimagiste: story; scenique: scenographe; schiste: ardois; scopiste: correcteur; scrap:
    scraper; separateur: production; sergent: caporal; sorteur: physionomiste; source: procede; spec:
    mecanicien; spectable: spectacle; stadiaire: stadier; sucrerie: sucre; syndical: administratif; techicien:
    technicien; techniciende: technicien; technologiste: technologue; theriogenologie: specialise; timonierle:
    fluvial; titreur: traducteur; toilettage: toiletteur; torrefaction: cafe; torrefier: cafe; torrefieur:
    prepose; toupie: malaxeur; tourime: tourisme; toxicologiste: toxicologue; transitaire: commissionnaire;
    tressage: metier; tribofinition: abrasion; tridimensionnel: 3d; tripperie: boucherie; troi: 3d; tronconner:
    scieur; turbine: procede; urgent: accompagnateur; utilisabilite: experience; utilisation: evaluateur;
    vaissel: construction; videur: physionomiste; vis: extrusion; voiriste: routier; voyant: bonne;
    vulcanisateur: pneumatique; webmestre: administrateur; white: ethique; yaourt: glace; zoo: zoologique;
    zootherapeute: animal;
    """,
    )
)


def with_companions(words: Iterable[str]) -> list[str]:
    """Put its companion before each word that has one; each word stands once."""
    pairs = ((COMPANIONS[word], word) if word in COMPANIONS else (word,) for word in words)
    return list(dict.fromkeys(chain.from_iterable(pairs)))


def learn_companions(jobs: Iterable[Iterable[str]], titles: Iterable[str]) -> dict[str, str]:
    """Learn the companions of the words of job names (a list of names for each job) that no title holds."""
    counts, size = Counter[str](), 0
    for size, title in enumerate(titles, start=1):  # noqa: B007 (their number is used below)
        counts.update(set(forms(title)))
    named = [list(dict.fromkeys(map(forms, names))) for names in jobs]
    holding: dict[str, list[list[Name]]] = defaultdict(list)
    for names in named:
        for word in {word for name in names for word in name if word not in counts}:
            holding[word].append(names)
    rarity = {each: math.log(1 + size / count) for each, count in counts.items()}
    found = {word: _best(word, lists, rarity) for word, lists in sorted(holding.items())}
    return {word: best for word, best in found.items() if best}


def _best(word: str, lists: Sequence[Sequence[Name]], rarity: Mapping[str, float]) -> str:
    """Give the word that best stands in the place of a word in the lists of names that hold it; none where in doubt."""
    scores = Counter[str]()
    for names in lists:
        for other, part in _in_its_place(word, names):
            scores[other] += part * rarity.get(other, 0.0) / len(lists)
    best = max(scores, key=lambda other: (scores[other], other), default="")
    return best if scores[best] >= LEAST else ""


def _in_its_place(word: str, names: Sequence[Name]) -> Iterator[tuple[str, float]]:
    """List the words that the names without a word have beyond the nearest name with it, each with its part."""
    having = [set(name) for name in names if word in name]
    others = [set(name) for name in names if word not in name]
    for name in others:
        nearest = max(having, key=lambda one: len(one & name) / len(one | name))
        for other in name - nearest:
            yield other, (UNLIKE + len(nearest & name) / len(nearest | name)) / len(name - nearest) / len(others)
