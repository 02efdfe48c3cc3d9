"""Fields that several forms about people and organisations share."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Email, InputRequired, Length, ValidationError

from campus.password_rules import LONGEST, SHORTEST, Weakness, weakness_of
from campus.web.forms import Form

NAME = re.compile(r"[^\W\d_][^\d_@/\\<>:;\"\r\n\t]*")
NAF = re.compile(r"\d{2}\.?\d{2}[A-Z]")


def person_name() -> StringField:
    """Ask for a name as people write it."""
    required = InputRequired(_l("Indiquez votre prénom et votre nom."))
    return StringField(_l("Prénom et nom"), [required, Length(max=120, message=_l("Raccourcissez ce nom.")), a_name])


def a_name(_form: Form, field: Any) -> None:
    """Refuse what is not a name, such as an address to click on in the mails that quote it."""
    if not NAME.fullmatch(field.data or "") or "www." in field.data.lower():
        raise ValidationError(_("Écrivez un nom en lettres, sans chiffre ni adresse de site."))


def email_address(label: Any = None) -> EmailField:
    """Ask for an e-mail address."""
    message = _l("Écrivez une adresse complète, comme prenom.nom@entreprise.fr.")
    return EmailField(
        label or _l("Adresse électronique"),
        [
            InputRequired(_l("Indiquez l'adresse électronique.")),
            Length(max=160, message=message),
            Email(message=message),
        ],
    )


def current_password() -> PasswordField:
    """Ask for the password in use."""
    return PasswordField(_l("Mot de passe actuel"), [InputRequired(_l("Indiquez votre mot de passe actuel."))])


def new_password() -> PasswordField:
    """Ask for a password that holds."""
    return PasswordField(_l("Mot de passe"), [InputRequired(_l("Choisissez un mot de passe.")), holds])


def holds(form: Form, field: Any) -> None:
    """Refuse a password that is too short, or made of what is tried first."""
    about = [str(form[name].data or "") for name in ("email", "name", "organisation_name") if name in form]
    weakness = weakness_of(field.data or "", [*about, *getattr(form, "about", ())])
    if weakness is not None:
        raise ValidationError(say_weakness(weakness))


def say_weakness(weakness: Weakness) -> str:
    """Say what to do about a password that is refused."""
    return {
        Weakness.SHORT: _("Ajoutez des caractères : il en faut au moins %(n)s.", n=SHORTEST),
        Weakness.LONG: _("Raccourcissez ce mot de passe : %(n)s caractères au plus.", n=LONGEST),
        Weakness.GUESSABLE: _(
            "Ce mot de passe se devine trop vite : il est fait de mots courants, de votre nom, de suites ou de "
            "répétitions. Ajoutez deux ou trois mots sans rapport entre eux."
        ),
    }[weakness]
