"""Presences noted for a whole half-day, and taken back: the same two answers for the trainer and for the staff."""

from __future__ import annotations

import uuid

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Slot
from campus.services import attendance
from campus.web.notices import tell


def note_all_present(slot: Slot) -> Response:
    """Note as present all those without a mark, and offer to undo it; the caller's blueprint has `show` and `undo`."""
    batch = attendance.mark_all_present(current_user.account, slot)
    said = ngettext("%(num)s personne notée présente.", "%(num)s personnes notées présentes.", batch.count)
    undo = url_for(".undo", slot_id=slot.id, batch_id=batch.id) if batch.count else ""
    tell(said, undo_url=undo, undo_label=_("Annuler"))
    return redirect(url_for(".show", slot_id=slot.id), 303)


def take_back(slot: Slot, batch_id: uuid.UUID) -> Response:
    """Take back the marks made together."""
    count = attendance.undo_batch(current_user.account, slot, batch_id)
    tell(ngettext("%(num)s présence retirée.", "%(num)s présences retirées.", count))
    return redirect(url_for(".show", slot_id=slot.id), 303)
