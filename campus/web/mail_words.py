"""Mails in words: what one may choose about, and how often."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from campus.mail_rules import MailCategory, Rhythm
from campus.models import Role

CATEGORIES: dict[MailCategory, LazyString] = {
    MailCategory.COVERAGE: _l("Nouvelles formations qui répondent à vos besoins"),
    MailCategory.OUTCOMES: _l("Questions après la formation : embauche, six mois après"),
    MailCategory.FEEDBACK: _l("Questions sur votre satisfaction"),
}
RHYTHM_WORDS: dict[Rhythm, LazyString] = {
    Rhythm.AT_ONCE: _l("Dès qu'il y en a"),
    Rhythm.DAILY: _l("Un résumé par jour, s'il y en a"),
    Rhythm.WEEKLY: _l("Un résumé par semaine, s'il y en a"),
    Rhythm.NEVER: _l("Jamais"),
}
# Only those who may get the mails of a category are asked about it.
READERS: dict[MailCategory, frozenset[Role]] = {
    MailCategory.COVERAGE: frozenset({Role.EMPLOYER}),
    MailCategory.OUTCOMES: frozenset({Role.EMPLOYER, Role.TRAINEE}),
    MailCategory.FEEDBACK: frozenset({Role.TRAINEE}),
}
