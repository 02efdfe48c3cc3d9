"""The kinds of mails: each as its reader gets it, in both languages and both parts, with made-up data."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from campus import letters
from campus.letters import Letter
from campus.mail_rules import SWITCHABLE
from campus.web.languages import LANGUAGES
from campus.web.staff.letter_samples import sample

blueprint = Blueprint("letters", __name__, url_prefix="/modeles-de-messages")


@blueprint.get("")
def index() -> str:
    """List the kinds of mails by their subjects."""
    kinds = [(kind, write(kind, "fr").subject, kind in SWITCHABLE) for kind in letters.kinds()]
    return render_template("staff/letters/index.html", kinds=kinds, languages=LANGUAGES)


@blueprint.get("/<letter>/<locale>")
def show(letter: str, locale: str) -> str:
    """Show the text part of a mail."""
    written = find(letter, locale)
    switchable = _("La personne peut s'en passer") if letter in SWITCHABLE else _("Toujours envoyé")
    return render_template(
        "staff/letters/show.html",
        written=written,
        letter=letter,
        locale=locale,
        languages=LANGUAGES,
        switchable=switchable,
    )


@blueprint.get("/<letter>/<locale>/html")
def page(letter: str, locale: str) -> str:
    """Show the HTML part of a mail, as a mail program would."""
    written = find(letter, locale)
    return letters.in_html(written.subject, written.text, locale)


def find(letter: str, locale: str) -> Letter:
    """Write a mail with made-up data, or answer 404."""
    if letter not in letters.kinds() or locale not in LANGUAGES:
        abort(404)
    return write(letter, locale)


def write(kind: str, locale: str) -> Letter:
    """Write a mail with made-up data."""
    return letters.write(kind, locale, stop_token="exemple" if kind in SWITCHABLE else "", **sample())
