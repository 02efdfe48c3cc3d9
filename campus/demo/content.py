"""What the demo campus is made of. Firms and people are invented; trades carry their official codes."""

from dataclasses import dataclass

PASSWORD = "le vitrail bleu de Chartres"  # noqa: S105 (made public by the demo itself)


@dataclass(frozen=True)
class Firm:
    """One site of an invented firm."""

    siret: str
    name: str
    naf: str
    commune: str


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in to the demo."""

    email: str
    name: str
    role: str
    firm: str = ""


@dataclass(frozen=True)
class Plan:
    """A course: its matrix is "skill code: entry level > exit level"."""

    title: str
    occupations: tuple[str, ...]
    hours: int
    matrix: str
    objectives: str
    content: str
    prerequisites: str = "Savoir lire une consigne écrite en français."
    sessions: tuple[tuple[int, int], ...] = ()
    seats: int = 12


@dataclass(frozen=True)
class Wish:
    """A need: its skills are "skill code: level or ?", essential ones before the bar."""

    firm: str
    occupation: str
    title: str
    posts: int
    essential: str
    desired: str
    window: tuple[int, int]
    shifts: str = "two_shifts"
    contract: str = "permanent"


FIRMS = (
    Firm("90210001500012", "Laboratoires Maintelune", "2042Z", "28085"),
    Firm("90210002300016", "Parfums du Val d'Eure", "2042Z", "28220"),
    Firm("90210003100019", "Beauce Pharma Conditionnement", "2120Z", "28085"),
    Firm("90210004900011", "Atelier de précision Lucé", "2562B", "28218"),
)

PEOPLE = (
    Person("employeur@demo.campus", "Claire Maréchal", "employer", "Laboratoires Maintelune"),
    Person("employeur2@demo.campus", "Karim Benali", "employer", "Beauce Pharma Conditionnement"),
    Person("employeur3@demo.campus", "Sophie Lenoir", "employer", "Atelier de précision Lucé"),
    Person("employeur4@demo.campus", "Marc Duval", "employer", "Parfums du Val d'Eure"),
    Person("stagiaire@demo.campus", "Amina Diallo", "trainee"),
    Person("equipe@demo.campus", "Hélène Garnier", "staff"),
    Person("formateur@demo.campus", "Julien Morel", "trainer"),
    Person("observateur@demo.campus", "Paul Observateur", "observer"),
)

COURSES = (
    Plan(
        "Conduire une ligne de conditionnement",
        ("H3301", "H3305"),
        280,
        "C001:0>3 C007:0>3 C002:0>2 C008:0>3 C033:0>3 C035:0>2 C075:0>3 C124:0>1 C009:0>3",
        "Conduire seul une ligne de conditionnement, du démarrage au vide de ligne.",
        "- Démarrage, réglages courants et arrêts\n- Bonnes pratiques et dossier de lot\n- Contrôles en cours",
        sessions=((42, 100), (150, 208)),
    ),
    Plan(
        "Changer de format et régler une ligne",
        ("H3301", "H3305", "H2912"),
        84,
        "C002:1>3 C003:0>3 C004:0>3 C005:0>2 C006:0>3 C098:0>2",
        "Réussir un changement de format en sécurité, au bon réglage, du premier coup.",
        "- Préparer le changement\n- Régler remplisseuse, étiqueteuse, visseuse\n- Réduire le temps perdu",
        prerequisites="Avoir déjà participé à un changement de format.",
        sessions=((105, 123), (212, 230)),
        seats=10,
    ),
    Plan(
        "Conditionnement : débuter en équipe",
        ("H3302",),
        70,
        "C007:0>2 C010:0>3 C011:0>2 C033:0>2 C037:0>3 C074:0>3 C167:0>2 C208:0>2",
        "Tenir un poste de conditionnement dès la première semaine.",
        "- Gestes et postures\n- Contrôle visuel\n- Hygiène et consignes",
        sessions=((21, 35), (63, 77), (119, 133)),
        seats=14,
    ),
    Plan(
        "Fabriquer des produits cosmétiques",
        ("H2304", "H2301"),
        210,
        "C013:0>3 C014:0>3 C015:0>3 C034:0>3 C035:0>2 C036:0>2 C048:0>2 C185:0>2",
        "Fabriquer une émulsion conforme, de la pesée à la libération.",
        "- Pesée et dosage\n- Conduite de cuve\n- ISO 22716 et dossier de lot",
        sessions=((56, 100),),
    ),
    Plan(
        "Opérateur de fabrication pharmaceutique",
        ("H2303", "H2302"),
        315,
        "C013:0>3 C016:0>3 C017:0>3 C018:0>2 C027:0>3 C033:0>3 C035:0>3 C041:0>2 C026:0>3",
        "Fabriquer une forme sèche en respectant les bonnes pratiques de fabrication.",
        "- Pesée, granulation, compression\n- Nettoyage d'équipement\n- Intégrité des données",
        sessions=((70, 140),),
    ),
    Plan(
        "Travailler en zone aseptique",
        ("H2302", "H2303"),
        56,
        "C026:1>3 C030:0>3 C031:0>2 C019:0>2 C032:0>3",
        "Entrer, travailler et sortir d'une zone aseptique sans contaminer.",
        "- Habillage qualifié\n- Gestes en flux laminaire\n- Contrôle de l'environnement",
        prerequisites="Savoir s'habiller pour une zone à atmosphère contrôlée.",
        sessions=((49, 57), (140, 148)),
        seats=8,
    ),
    Plan(
        "Technicien de maintenance industrielle",
        ("I1304", "I1310"),
        560,
        "C118:0>3 C119:0>3 C121:0>3 C122:0>2 C128:0>3 C130:0>3 C131:0>3 C145:0>3 C146:0>2",
        "Dépanner et entretenir des machines de production.",
        "- Mécanique, pneumatique, hydraulique\n- Électricité et consignation\n- Maintenance préventive et GMAO",
        sessions=((35, 160),),
    ),
    Plan(
        "Automatismes pour la maintenance",
        ("I1302", "I1304"),
        140,
        "C136:0>3 C137:0>2 C138:0>3 C130:2>3 C142:0>2 C143:0>2",
        "Diagnostiquer une panne d'automatisme et remettre en marche.",
        "- Lire un programme d'automate\n- Capteurs, actionneurs, régulation",
        prerequisites="Lire un schéma électrique en autonomie guidée.",
        sessions=((91, 120),),
        seats=8,
    ),
    Plan(
        "Tourneur-fraiseur sur machines à commande numérique",
        ("H2903",),
        420,
        "C090:0>3 C091:0>3 C092:0>2 C093:0>3 C094:0>2 C097:0>3 C111:0>3 C088:0>2",
        "Produire une pièce conforme au plan sur tour et centre d'usinage.",
        "- Lecture de plan et métrologie\n- Réglage et conduite\n- Premiers programmes",
        sessions=((77, 170),),
        seats=10,
    ),
    Plan(
        "Contrôle qualité au laboratoire",
        ("H1503", "H1510"),
        245,
        "C044:0>3 C045:0>3 C047:0>3 C048:0>3 C052:0>2 C054:0>2 C064:0>3 C055:0>2",
        "Réaliser des analyses fiables et les consigner.",
        "- Échantillonnage\n- Chromatographie, dosages\n- Résultats hors spécification",
        sessions=((63, 120),),
    ),
    Plan(
        "Qualité en production : de l'écart à l'action",
        ("H1528", "H1521"),
        49,
        "C039:0>3 C076:0>3 C077:0>3 C078:0>3 C083:0>2 C072:0>2",
        "Traiter un écart jusqu'à une action qui tient.",
        "- Déclarer, analyser, corriger\n- Indicateurs et AMDEC",
        sessions=((28, 36), (98, 106)),
    ),
    Plan(
        "Cariste et préparation de commandes",
        ("N1101", "N1103", "N1115"),
        35,
        "C162:0>3 C163:0>3 C165:0>3 C154:0>2 C153:0>3 C158:0>2",
        "Conduire en sécurité et préparer sans erreur.",
        "- Conduite de chariots\n- Préparation au terminal",
        sessions=((14, 19), (42, 47), (84, 89)),
        seats=8,
    ),
    Plan(
        "Animer une équipe de ligne",
        ("H3304",),
        63,
        "C193:0>3 C194:0>3 C195:0>3 C196:0>3 C085:0>2 C008:2>3",
        "Tenir son rôle de chef d'équipe au quotidien.",
        "- Points de début de poste\n- Former, transmettre, améliorer",
        sessions=((56, 70),),
        seats=10,
    ),
    Plan(
        "Souder des tuyauteries en inox",
        ("H2913",),
        140,
        "C104:0>3 C106:0>3 C107:0>2 C097:0>2",
        "Réaliser une soudure TIG contrôlée sur tuyauterie inox.",
        "- Préparation, soudage, contrôle",
    ),
)

NEEDS = (
    Wish(
        "Laboratoires Maintelune",
        "H3301",
        "Conductrices et conducteurs de ligne de conditionnement",
        4,
        "C033:3 C001:3 C002:3 C003:2 C075:3",
        "C035:2 C124:3",
        (90, 180),
    ),
    Wish(
        "Beauce Pharma Conditionnement",
        "H3301",
        "Conducteur ou conductrice de ligne étuyeuse",
        3,
        "C033:3 C001:3 C005:3 C008:?",
        "C035:3",
        (60, 150),
        shifts="three_shifts",
    ),
    Wish(
        "Beauce Pharma Conditionnement",
        "H2302",
        "Opératrice ou opérateur de remplissage aseptique",
        2,
        "C030:3 C026:3 C019:3 C033:3",
        "C031:2 C041:2",
        (60, 200),
    ),
    Wish(
        "Parfums du Val d'Eure",
        "H3302",
        "Agentes et agents de conditionnement",
        12,
        "C010:2 C074:3 C037:2 C167:2",
        "C011:2",
        (30, 120),
        contract="fixed_term",
    ),
    Wish(
        "Parfums du Val d'Eure",
        "H2304",
        "Fabricant ou fabricante de jus et d'émulsions",
        3,
        "C013:3 C015:3 C024:3 C034:3",
        "C048:2",
        (60, 160),
    ),
    Wish(
        "Atelier de précision Lucé",
        "H2903",
        "Tourneuse-fraiseuse ou tourneur-fraiseur",
        3,
        "C090:3 C091:3 C097:3 C111:3",
        "C092:3 C114:2",
        (100, 220),
        shifts="day",
    ),
    Wish(
        "Atelier de précision Lucé",
        "H2913",
        "Soudeuse ou soudeur TIG inox",
        2,
        "C104:3 C106:3 C107:3",
        "C097:2",
        (60, 150),
        shifts="day",
    ),
    Wish(
        "Laboratoires Maintelune",
        "I1304",
        "Technicienne ou technicien de maintenance",
        2,
        "C118:3 C131:3 C128:3 C145:3",
        "C136:2 C146:2",
        (60, 200),
        shifts="three_shifts",
    ),
)

ADVERT = (
    "Laboratoires Maintelune recrute 4 conducteurs / conductrices de ligne de conditionnement (H/F) en 2x8 à "
    "Chartres. Vous démarrez et approvisionnez votre ligne de remplissage de flacons, vous réalisez les changements "
    "de format et les réglages courants, vous contrôlez les lots dans le respect des BPF et renseignez le dossier de "
    "lot. La maintenance de premier niveau est un plus. CDI, tickets restaurant, aucune expérience exigée."
)
