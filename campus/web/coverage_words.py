"""The coverage ledger in words: posts, their candidates, their lines, and the questions that remain."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.lifecycles.coverage import PLACE, figures
from campus.models import CoverageEvent, CoverageKind, CoverageSource, PostState
from campus.queries.coverage import CoveredPost
from campus.services.ledger import FILLED_OTHERWISE, LineNeedsReason
from campus.web.filters import moment
from campus.web.refusals import says

K = CoverageKind
STATES = {
    PostState.OPEN: (_l("ouvert"), ""),
    PostState.PROPOSED: (_l("personne proposée"), "blue"),
    PostState.RESERVED: (_l("place réservée"), "blue"),
    PostState.ENROLLED: (_l("personne inscrite"), "blue"),
    PostState.STARTED: (_l("en formation"), "blue"),
    PostState.COMPLETED: (_l("personne formée"), "blue"),
    PostState.PRESENTED: (_l("personne rencontrée"), "blue"),
    PostState.HIRED: (_l("pourvu"), "ok"),
    PostState.STAYED: (_l("en poste à six mois"), "ok"),
    PostState.LOST: (_l("perdu"), "bad"),
}
NEEDS = {
    "open": _l("Aucun poste n'a encore de réponse"),
    "partly": _l("Une partie des postes a une réponse"),
    "covered": _l("Chaque poste a une personne ou une place réservée"),
    "observed": _l("Chaque poste est pourvu, embauche constatée"),
}
KINDS = {
    K.PROPOSED: _l("Une personne est proposée"),
    K.RESERVED: _l("Une place de formation est réservée"),
    K.ENROLLED: _l("La personne est inscrite en formation"),
    K.STARTED: _l("La formation a commencé"),
    K.COMPLETED: _l("La formation est terminée"),
    K.PRESENTED: _l("La personne a été rencontrée"),
    K.HIRED: _l("Embauche faite"),
    K.STAYED: _l("En poste après six mois"),
    K.LOST: _l("Ne se fera pas"),
    K.REOPENED: _l("Le poste est de nouveau ouvert"),
    K.CONFIRMED: _l("L'entreprise confirme une ligne"),
    K.CONTESTED: _l("L'entreprise conteste une ligne"),
}
SOURCES = {
    CoverageSource.CAMPUS: _l("selon le campus"),
    CoverageSource.FIRM: _l("selon l'entreprise"),
    CoverageSource.TRAINEE: _l("selon la personne"),
    CoverageSource.DOCUMENT: _l("selon un document"),
}
REASONS = {
    "withdrawn": _l("la personne s'est retirée"),
    "declined": _l("la personne a renoncé à la place"),
    "expired": _l("le délai est passé"),
    "refused": _l("candidature non retenue"),
    "redirected": _l("la personne change de session"),
    "called_off": _l("la session est annulée"),
    "absent": _l("la personne n'est pas venue"),
    "dropped_out": _l("la personne a arrêté la formation"),
    "candidate_left": _l("la dernière personne proposée n'est plus là"),
    "filled_otherwise": _l("sans objet, le poste est pourvu autrement"),
    "other_post": _l("la personne est attendue sur un autre poste"),
    "fewer_posts": _l("le besoin compte moins de postes"),
    "more_posts": _l("le besoin compte de nouveau ce poste"),
    "not_hired": _l("pas d'embauche"),
    "left": _l("n'est plus en poste"),
    "filled": _l("pourvu autrement"),
    "cancelled": _l("projet abandonné ou reporté"),
    "duplicate": _l("besoin en double"),
    "other": _l("une autre raison"),
    "restored": _l("retrait annulé"),
    "renewed": _l("besoin prolongé"),
    "reservation_returned": _l("la place réservée a été rendue"),
}
STEPS = (
    ("posts", _l("Postes déclarés")),
    ("proposed", _l("une personne est proposée")),
    ("reserved", _l("une place est réservée")),
    ("enrolled", _l("une personne est inscrite")),
    ("started", _l("la formation a commencé")),
    ("completed", _l("la formation est terminée")),
    ("presented", _l("la personne est rencontrée")),
    ("hired", _l("l'embauche est faite")),
    ("stayed", _l("la personne est là à six mois")),
)
# What brings a post one step further, and who acts.
NEXT = {
    PostState.OPEN: _l("À vous ou au campus : réservez une place de formation, ou le campus propose une personne"),
    PostState.PROPOSED: _l("Au campus : inscrire la personne en formation"),
    PostState.RESERVED: _l("À vous : dites pour qui est la place réservée"),
    PostState.ENROLLED: _l("Au campus : la formation commence à sa date"),
    PostState.STARTED: _l("Au campus : la personne va au bout de la formation"),
    PostState.COMPLETED: _l("À vous : rencontrez la personne, et dites-le ici"),
    PostState.PRESENTED: _l("À vous : dites si vous l'avez embauchée"),
    PostState.HIRED: _l("À vous, six mois après : dites si la personne est toujours là"),
    PostState.STAYED: _l("Rien : le poste est pourvu durablement"),
    PostState.LOST: _l("Au campus : le poste peut être rouvert"),
}
NAMED_NEXT = _l("À la personne nommée : prendre la place qui lui est proposée")
NAMED = _l("Une personne est nommée pour la place réservée")
ANSWERS = {
    "rencontre": _l("Nous l'avons rencontrée"),
    "embauche": _l("Oui, embauche faite"),
    "pas-embauche": _l("Non, pas d'embauche"),
    "six-mois": _l("Toujours en poste à six mois"),
    "parti": _l("N'est plus en poste"),
}
ASKED = {
    "completed": ("rencontre", "embauche", "pas-embauche"),
    "presented": ("embauche", "pas-embauche"),
    "hired": ("six-mois", "parti"),
    "stayed": ("parti",),
}


@dataclass(frozen=True)
class LineWords:
    """One line of the ledger, as it is read."""

    event: CoverageEvent
    title: str
    told: str
    disputed: bool
    judged: str


@dataclass(frozen=True)
class CandidateWords:
    """One candidate of a post, and what the firm may answer about them."""

    key: str
    name: str
    state: str
    answers: tuple[str, ...]
    seen: bool


@dataclass(frozen=True)
class PostWords:
    """One post of a need, as it is read."""

    covered: CoveredPost
    lines: tuple[LineWords, ...]
    candidates: tuple[CandidateWords, ...]

    @property
    def number(self) -> int:
        """Give the number of the post."""
        return self.covered.post.number

    @property
    def state(self) -> tuple[object, str]:
        """Give the word and the colour of the post's state."""
        return STATES[self.covered.post.state]

    @property
    def place(self) -> int:
        """Count the steps of the chain that the post has come through, of eight."""
        return PLACE.get(self.covered.post.state.value, 0)

    @property
    def next(self) -> str:
        """Say what brings the post further, and who acts."""
        if self.covered.post.state is PostState.RESERVED and self.candidates:
            return str(NAMED_NEXT)
        return str(NEXT[self.covered.post.state])


def read_post(covered: CoveredPost, known: Collection[uuid.UUID] | None = None) -> PostWords:
    """Put a post into words; candidates have their names only where the reader may know them: None is everybody's."""
    people = {str(each.enrolment_id): each.enrolment for each in covered.events if each.enrolment}
    seen = {key for key, found in people.items() if known is None or found.account_id in known}
    names = {
        key: found.account.display_name if key in seen else _("Personne %(number)s", number=place)
        for place, (key, found) in enumerate(people.items(), start=1)
    }
    states = covered.coverage.candidates
    obsolete = {str(each.enrolment_id) for each in covered.events if each.reason == FILLED_OTHERWISE}
    candidates = tuple(
        CandidateWords(key, name, _state(states[key], key in obsolete), ASKED.get(states[key], ()), key in seen)
        for key, name in names.items()
        if key in states
    )
    about = {each.about_id: each.kind for each in covered.events if each.about_id}
    lines = tuple(
        LineWords(
            event=each,
            title=str(NAMED if each.reason == "named" else KINDS[each.kind]),
            told=_told(each, names),
            disputed=str(each.id) in covered.coverage.disputed,
            judged=about[each.id].value if each.id in about else "",
        )
        for each in covered.events
    )
    return PostWords(covered, lines, candidates)


def _state(state: str, obsolete: bool) -> str:
    return _("sans objet") if obsolete and state == PostState.LOST.value else str(STATES[PostState(state)][0])


def _told(event: CoverageEvent, names: dict[str, str]) -> str:
    parts = [moment(event.at), str(SOURCES[event.source])]
    if event.enrolment_id:
        parts.append(names[str(event.enrolment_id)])
    if event.reason in REASONS:
        parts.append(str(REASONS[event.reason]))
    elif event.reason and event.reason != "named" and not _is_private(event):
        parts.append(event.reason)
    return ", ".join(parts)


def _is_private(event: CoverageEvent) -> bool:
    """Tell whether a line of an older version may hold what the campus or the person wrote to the other alone."""
    return event.kind is K.LOST and event.enrolment_id is not None and event.source is CoverageSource.CAMPUS


def chain_of(posts: Collection[CoveredPost]) -> list[tuple[str, int]]:
    """Say how many posts of a need have come at least to each step."""
    counted = figures(each.coverage for each in posts)
    return [(str(words)[0].upper() + str(words)[1:], counted[step]) for step, words in STEPS]


@says(LineNeedsReason)
def _line_needs_reason() -> str:
    return _("Indiquez le motif : il reste au journal.")
