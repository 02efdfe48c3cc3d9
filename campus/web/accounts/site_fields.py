"""The fields that describe a site of a firm: its SIRET first, the rest when the campus does not know it yet."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from campus.queries.communes import communes_are_known, communes_called
from campus.services.joining import Site
from campus.siret import read_siret
from campus.web.accounts.fields import NAF
from campus.web.forms import Form


class SiretForm(Form):
    """A SIRET, read from the address of the page: it changes nothing."""

    class Meta(Form.Meta):
        """Sent by GET, so without a token."""

        csrf = False

    siret = StringField(_l("Numéro SIRET de l'établissement"), [InputRequired(_l("Indiquez le SIRET."))])

    def validate_siret(self, field: Any) -> None:
        """Check the digits on the spot."""
        typed = "".join((field.data or "").split())
        if typed.isdigit() and len(typed) != 14:
            raise ValidationError(
                _(
                    "Un SIRET a 14 chiffres, celui-ci en a %(n)s. Le numéro SIREN à 9 chiffres ne suffit pas.",
                    n=len(typed),
                )
            )
        if read_siret(field.data or "") is None:
            raise ValidationError(_("Vérifiez les chiffres : ce numéro n'est pas un SIRET. Il y en a 14."))

    @property
    def number(self) -> str:
        """Give the fourteen digits."""
        return read_siret(self.siret.data or "") or ""


class SiteFields(Form):
    """The name, commune and activity of a site that nobody has made known yet."""

    organisation_name = StringField(
        _l("Nom de l'entreprise"),
        [InputRequired(_l("Indiquez le nom de l'entreprise.")), Length(max=200, message=_l("Raccourcissez ce nom."))],
    )
    commune = StringField(
        _l("Commune de l'établissement"), [InputRequired(_l("Indiquez la commune.")), Length(max=120)]
    )
    naf = StringField(_l("Code NAF (APE)"))

    commune_code: str | None = None

    def validate_commune(self, field: Any) -> None:
        """Find the commune; where the list has not been imported, keep what was typed."""
        found = communes_called(field.data or "")
        if len(found) == 1:
            self.commune_code = found[0].code
        elif found:
            names = ", ".join(f"{each.name} ({each.department})" for each in found)
            raise ValidationError(_("Précisez le département : %(names)s.", names=names))
        elif communes_are_known():
            raise ValidationError(_("Cette commune est inconnue : vérifiez son nom, ou écrivez son code postal."))

    def validate_naf(self, field: Any) -> None:
        """Accept a NAF code with or without its dot."""
        if field.data and not NAF.fullmatch(field.data.upper().replace(" ", "")):
            raise ValidationError(_("Un code NAF a quatre chiffres et une lettre, comme 20.42Z."))

    def site(self, siret: str) -> Site:
        """Give the site that was described."""
        return Site(
            siret=siret,
            name=self.organisation_name.data or "",
            commune_code=self.commune_code,
            address="" if self.commune_code else self.commune.data or "",
            naf=(self.naf.data or "").upper().replace(".", "").replace(" ", ""),
        )
