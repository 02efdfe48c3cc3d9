"""A round as one takes part in it: rank up to six sessions, change one's mind, read what became of each wish."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.models import AdmissionRound, RoundEntry, RoundSession, RoundState
from campus.planning.rounds import MOST_WISHES
from campus.queries import rounds as asked
from campus.services import round_wishes
from campus.web.notices import tell
from campus.web.round_words import outcomes, own_step
from campus.web.transaction import commits

blueprint = Blueprint("rounds", __name__, url_prefix="/tours")
Answer = str | tuple[str, int] | Response
PLACE = "place-"
Places = dict[uuid.UUID, str]


def round_or_404(round_id: uuid.UUID) -> AdmissionRound:
    """Give a round, or answer 404."""
    return asked.round_by_id(round_id) or abort(404)


def read_places(form: Mapping[str, str], sessions: list[RoundSession]) -> Places:
    """Read the place given to each session of the round, as typed."""
    return {each.course_session_id: form.get(f"{PLACE}{each.course_session_id}", "").strip() for each in sessions}


def faults_in(places: Places) -> list[str]:
    """Say what is wrong with the places: none, not a number from 1 to 6, or one place twice."""
    given = [each for each in places.values() if each]
    known = {str(place) for place in range(1, MOST_WISHES + 1)}
    if not given:
        return [_("Donnez au moins un rang : 1 pour la session que vous préférez.")]
    found = [_("« %(typed)s » n'est pas un rang de 1 à 6.", typed=each) for each in given if each not in known]
    twice = sorted({each for each in given if given.count(each) > 1 and each in known})
    return found + [_("Le rang %(place)s est donné à deux sessions : gardez-en une.", place=each) for each in twice]


@blueprint.get("/<uuid:round_id>")
def show(round_id: uuid.UUID) -> str:
    """Show the form while wishes are taken, then what became of each wish."""
    found = round_or_404(round_id)
    entry = asked.entry_of(current_user.account, found)
    known = {each.course_session_id: str(each.position) for each in entry.wishes} if entry else {}
    return page(found, entry, known, faults=[])


def page(found: AdmissionRound, entry: RoundEntry | None, places: Places, *, faults: list[str]) -> str:
    """Render the page of a round for the person."""
    takes = found.state is RoundState.OPEN and found.opens_on <= clock.today() <= found.closes_on
    active = entry if entry is not None and entry.left_at is None else None
    return render_template(
        "trainees/rounds/show.html",
        round=found,
        entry=active,
        next=own_step(active) if active else None,
        outcomes=outcomes(active) if active and not takes else [],
        sessions=asked.sessions_of(found) if takes else [],
        places=places,
        faults=faults,
        has_errors=bool(faults),
        most=MOST_WISHES,
    )


@blueprint.post("/<uuid:round_id>")
@commits
def save(round_id: uuid.UUID) -> Answer:
    """Keep the wishes of the form."""
    found = round_or_404(round_id)
    places = read_places(request.form, asked.sessions_of(found))
    faults = faults_in(places)
    if faults and found.state is RoundState.OPEN:
        return page(found, asked.entry_of(current_user.account, found), places, faults=faults), 422
    wanted = sorted((each for each in places if places[each]), key=lambda each: int(places[each]))
    round_wishes.rank_wishes(current_user.account, found, wanted)
    tell(_("Vos vœux sont enregistrés. Vous pouvez les changer jusqu'à la clôture."))
    return redirect(url_for(".show", round_id=found.id), 303)


@blueprint.post("/<uuid:round_id>/quitter")
@commits
def leave(round_id: uuid.UUID) -> Response:
    """Leave the round; a seat that it gave goes to the next."""
    found = round_or_404(round_id)
    round_wishes.leave(current_user.account, found)
    tell(_("Vous ne participez plus au tour « %(name)s ».", name=found.name))
    return redirect(url_for("trainees.path.index"), 303)
