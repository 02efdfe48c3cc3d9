"""Signed copies on the pages: why one is not taken, where it stands, the file as it came."""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import FileField

from campus.errors import Refused
from campus.exchange.scanned import JPEG, PDF, PNG
from campus.models import Need, SignedCopy
from campus.services import signed_copies as services
from campus.web.downloads import named
from campus.web.filters import short_day
from campus.web.forms import Form
from campus.web.refusals import says, sentence

ENDINGS = {PDF: "pdf", PNG: "png", JPEG: "jpg"}


class CopyForm(Form):
    """The file that holds the signed letter."""

    file = FileField(_l("Lettre signée, en PDF, PNG ou JPEG"))

    def content(self) -> bytes:
        """Give what the file holds; nothing when none was chosen."""
        sent = request.files.get(self.file.name)
        return sent.read(services.LARGEST + 1) if sent else b""

    def hand_in(self, need: Need) -> bool:
        """Keep what the file holds as the need's signed letter; else say at the field why not."""
        try:
            services.take_in(current_user.account, need, self.content())
        except Refused as refusal:
            self.file.errors = (sentence(refusal),)
            return False
        return True


@says(services.NoLetterToSign)
def _no_letter() -> str:
    return _("Ce besoin n'a pas de lettre d'intention : éditez-la, signez-la, puis déposez la copie.")


@says(services.FileIsTooLarge)
def _too_large() -> str:
    return _("Ce fichier dépasse 4 Mo. Numérisez la lettre en noir et blanc, ou avec moins de détail.")


@says(services.NoPaperInFile)
def _no_paper() -> str:
    return _("Ce fichier n'est pas une lettre lisible. Déposez un PDF simple, ou une photo en PNG ou en JPEG.")


@says(services.CopyIsRead)
def _is_read() -> str:
    return _("Quelqu'un a déjà relu cette copie. Rechargez la page pour voir ce qui en a été dit.")


def standing(copy: SignedCopy) -> str:
    """Say where a copy stands."""
    sent = _("Déposée par %(who)s le %(day)s", who=copy.sent_by.display_name, day=short_day(copy.sent_at))
    if copy.checked_by is None:
        return _("%(sent)s, en attente de relecture", sent=sent)
    said = {"sent": sent, "who": copy.checked_by.display_name, "day": short_day(copy.checked_at)}
    if copy.refusal:
        return _("%(sent)s, rendue par %(who)s le %(day)s", **said)
    return _("%(sent)s, vérifiée par %(who)s le %(day)s", **said)


def reading(copy: SignedCopy) -> tuple[str, str]:
    """Say in a word whether the staff have read a copy over, and what they made of it."""
    if copy.checked_by is None:
        return _("à relire"), "warn"
    return (_("rendue"), "bad") if copy.refusal else (_("vérifiée"), "ok")


def weight(copy: SignedCopy) -> str:
    """Say of what kind a copy is, and how much it weighs."""
    kind, kilobytes = ENDINGS[copy.media_type].upper(), max(round(copy.size / 1024), 1)
    return _("%(kind)s, %(count)s Ko", kind=kind, count=kilobytes)


def copy_file(copy: SignedCopy) -> Response:
    """Answer with a copy as it came: saved, never opened by the browser in our name."""
    answer = Response(copy.content, mimetype=copy.media_type)
    name = f"lettre-signee-{copy.sent_at:%Y-%m-%d}.{ENDINGS[copy.media_type]}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return named(answer, name)
