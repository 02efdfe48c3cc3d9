"""English adverts read with a French referential: a small glossary of our own, word for word, places kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
WORD = re.compile(r"[A-Za-z]+(?:'s)?")
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and for with you your we our are is will be to in on at from by as have has must who this that"
        " looking seeking need needs should can or an their they all well new",
    )
)
FRENCH = frozenset(
    re.findall(
        r"\w+", "le la les de des du et un une vous nous pour avec dans en au aux sur est par ou qui sont vos nos"
    )
)
LEAST_ENGLISH = 2
SHORT = 6
# English word -> French words, for the trades that a training campus knows; word for word, so no grammar.
GLOSSARY: dict[str, str] = dict(
    re.findall(
        r"(\w+):\s+([^;]+);",
        """
    accountant: comptable; accounting: comptabilité; accounts: comptes; administrative: administratif; analyse:
    analyser; analyze: analyser; apprentice: apprenti; assemble: assembler; assembler: monteur assembleur; assembly:
    montage assemblage; automation: automatisme; baker: boulanger; bank: banque; batch: lot; bending: pliage;
    blueprints: plans; bookkeeper: comptable; bookkeeping: comptabilité; boilermaker: chaudronnier; bricklayer:
    maçon; building: bâtiment; buyer: acheteur; calibration: étalonnage; care: soins; carer: aide à domicile;
    carpenter: charpentier; cashier: caissier; chemical: chimique; child: enfant; children: enfants; clean:
    nettoyer; cleaner: agent de nettoyage; cleaning: nettoyage; clerk: employé; coating: revêtement; components:
    composants; concrete: béton; control: contrôle; cook: cuisinier; cooking: cuisine; cosmetics: cosmétique;
    customer: client; customers: clients; cutting: découpe; delivery: livraison; deliveries: livraisons; design:
    conception; designer: concepteur; develop: développer; developer: développeur; diagnose: diagnostiquer;
    draughtsman: dessinateur; drawings: plans; drilling: perçage; drive: conduire; driver: conducteur; driving:
    conduite; electrical: électrique; electrician: électricien; electricity: électricité; electronics: électronique;
    elderly: personnes âgées; engineer: ingénieur; engineering: ingénierie; equipment: équipement; fault: panne;
    faults: pannes; filling: remplissage; fitter: ajusteur monteur; food: alimentaire; foreman: chef d'équipe;
    forklift: cariste chariot élévateur; gardener: jardinier; gardening: jardinage; goods: marchandises; grinding:
    rectification; hairdresser: coiffeur; handling: manutention; health: santé; heating: chauffage; housekeeper:
    employé de ménage; hydraulic: hydraulique; hydraulics: hydraulique; hygiene: hygiène; industrial: industriel;
    inspect: contrôler; inspection: contrôle; inspector: contrôleur; install: installer; instructions: consignes;
    inventory: inventaire; invoices: factures; joiner: menuisier; labeling: étiquetage; labelling: étiquetage;
    laboratory: laboratoire; lathe: tour; lawyer: avocat; leader: chef; lifting: levage; line: ligne; load: charger;
    loading: chargement; logistics: logistique; lorry: poids lourd; machinery: machines; machining: usinage;
    machinist: usineur; maintain: entretenir; manage: gérer; management: gestion; manager: responsable;
    manufacturing: fabrication; mason: maçon; materials: matériaux; measure: mesurer; measurement: mesure; meals:
    repas; mechanic: mécanicien; mechanical: mécanique; milling: fraisage; mixing: mélange; molding: moulage;
    moulding: moulage; nurse: infirmier; nursing: soins infirmiers; office: bureau; operate: conduire; operator:
    opérateur conducteur; orders: commandes; packaging: conditionnement emballage; packer: agent de conditionnement;
    packing: emballage; paint: peindre; painter: peintre; painting: peinture; parts: pièces; payroll: paie; perfume:
    parfum; pharmaceutical: pharmaceutique; picking: préparation commandes; pipe: tuyauterie; planning:
    planification; plant: usine; plastics: plasturgie; plumber: plombier; plumbing: plomberie; pneumatic:
    pneumatique; prepare: préparer; preventive: préventive; procedures: procédures; process: procédé; processes:
    procédés; procurement: achats; products: produits; programming: programmation; project: projet; projects:
    projets; purchasing: achats; quality: qualité; records: registres; receptionist: réceptionniste; recruitment:
    recrutement; repair: réparer; repairs: réparations; reports: rapports; retail: commerce; roofer: couvreur;
    safety: sécurité; sales: vente; salesperson: vendeur; samples: échantillons; secretary: secrétaire; security:
    sécurité; sell: vendre; setup: réglage; sewing: couture; shelves: rayons; shipping: expédition; shop: magasin;
    software: logiciel; spreadsheet: tableur; storekeeper: magasinier; supervise: encadrer; supervisor: chef
    d'équipe; suppliers: fournisseurs; surveyor: géomètre; systems: systèmes; tax: fiscalité; teach: enseigner;
    teacher: enseignant; team: équipe; technician: technicien; test: tester; testing: essais; tests: essais; tools:
    outils; trainer: formateur; training: formation; troubleshoot: dépanner; troubleshooting: dépannage; truck:
    poids lourd; turning: tournage; unload: décharger; unloading: déchargement; vehicle: véhicule; vehicles:
    véhicules; waiter: serveur; waitress: serveuse; warehouse: entrepôt; warehouseman: magasinier; waste: déchets;
    weigh: peser; weighing: pesée; welder: soudeur; welding: soudage; wiring: câblage; wood: bois; workshop:
    atelier; write: rédiger;
    """,
    )
)
# What French adverts borrow from English: alone in a short title, such a word is French enough.
BORROWED = frozenset(
    re.findall(
        r"\w+",
        "manager leader designer sales web process line machine production transport construction stock test tests"
        " planning maintenance projects project management office",
    )
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text to read in French, and for each of its rewritten words where they stand in the original."""

    text: str
    moves: tuple[tuple[int, int, int, int], ...] = ()

    def original(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Give the places in the original of places in the rendered text, in order, each once."""
        if not self.moves:
            return tuple(spans)
        found = {self._original(span) for span in spans}
        return tuple(sorted(found))

    def _original(self, span: Span) -> Span:
        shift = 0
        for start, end, was_start, was_end in self.moves:
            if end <= span[0]:
                shift = was_end - end
            elif start < span[1]:
                return was_start, was_end
            else:
                break
        return span[0] + shift, span[1] + shift


def in_french(text: str) -> Rendered:
    """Render an English text word for word by the glossary; a text in another language stays as it is."""
    words = [match.group().lower() for match in WORD.finditer(text)]
    if not _is_english(words):
        return Rendered(text)
    parts: list[str] = []
    moves, at, length = [], 0, 0
    for match in WORD.finditer(text):
        french = GLOSSARY.get(match.group().lower())
        if french is None:
            continue
        parts += [text[at : match.start()], french]
        length += match.start() - at
        moves.append((length, length + len(french), *match.span()))
        length, at = length + len(french), match.end()
    return Rendered("".join([*parts, text[at:]]), tuple(moves))


def _is_english(words: Sequence[str]) -> bool:
    english, french = (len({word for word in words if word in small}) for small in (ENGLISH, FRENCH))
    if english >= LEAST_ENGLISH:
        return english > french
    known = [word for word in words if word in GLOSSARY or word in BORROWED]
    return not french and 0 < len(words) <= SHORT and len(known) == len(words) and not BORROWED.issuperset(known)
