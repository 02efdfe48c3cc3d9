"""What a firm types to reserve seats and to name people, and how a list is read over before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import FileField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from campus import clock
from campus.exchange.people_list import BadLine, PersonLine, read_people
from campus.models import Account, CourseSession, Need, Organisation, SeatReservation
from campus.queries.reservations import active_emails
from campus.services.reservations import Wish
from campus.web.accounts.fields import a_name, email_address
from campus.web.enrolment_words import session_dates
from campus.web.forms import Form
from campus.web.typed import Day, WholeNumber

LONGEST_LIST = 100_000


def _left(seats: int) -> str:
    return ngettext("%(num)s place libre", "%(num)s places libres", seats)


class ReservationForm(Form):
    """So many seats of a session, to be named until a day."""

    organisation = SelectField(_l("Pour quel établissement ?"))
    course_session = SelectField(_l("Session"))
    seats = WholeNumber(
        _l("Nombre de places"),
        [InputRequired(_l("Indiquez le nombre de places.")), NumberRange(1, 500, _l("Indiquez au moins une place."))],
    )
    names_until = Day(_l("Nommer les personnes jusqu'au"), [InputRequired(_l("Indiquez un jour."))])
    need = SelectField(_l("Pour un besoin"))

    def offer(
        self, sites: Iterable[Organisation], sessions: Iterable[CourseSession], needs: Iterable[Need]
    ) -> ReservationForm:
        """Offer the firm's sites and needs, and the sessions that have room."""
        self.organisation.choices = [(str(each.id), each.name) for each in sites]
        self.course_session.choices = [
            (str(each.id), f"{each.course.title}, {session_dates(each)}, {_left(each.seats_left)}") for each in sessions
        ]
        named = [(str(each.id), f"{each.reference}, {each.title}") for each in needs]
        self.need.choices = [("", _("aucun")), *named]
        return self

    def wish(self, need: Need | None) -> Wish:
        """Give what was typed, shaped."""
        return Wish(self.seats.data or 1, self.names_until.data or clock.today(), need)


class PersonForm(Form):
    """Somebody for whom a seat is."""

    name = StringField(
        _l("Prénom et nom"),
        [
            InputRequired(_l("Indiquez le prénom et le nom.")),
            Length(max=120, message=_l("Raccourcissez ce nom.")),
            a_name,
        ],
    )
    email = email_address()


class ListForm(Form):
    """People, one a line, pasted or from a file."""

    text = TextAreaField(_l("Coller la liste"), [Length(max=LONGEST_LIST, message=_l("Cette liste est trop longue."))])
    file = FileField(_l("Choisir un fichier CSV ou XLSX"))


@dataclass(frozen=True)
class ListRead:
    """A list read over: who can be named, and the lines left aside with what they need."""

    people: tuple[PersonLine, ...]
    faults: tuple[tuple[int, str, str], ...]


def read_over(text: str, reservation: SeatReservation) -> ListRead:
    """Read a list over against the seats that are left and the people who are in already."""
    read, inside = read_people(text), active_emails(reservation.course_session)
    people: list[PersonLine] = []
    faults = [(each.line, each.read, _needs(each)) for each in read.faults]
    for each in read.people:
        if each.email in inside:
            faults.append((each.line, each.email, _("Cette personne a déjà une place dans cette session.")))
        elif len(people) == reservation.unnamed:
            faults.append((each.line, each.email, _("Il n'y a plus de place réservée pour cette ligne.")))
        else:
            people.append(each)
    return ListRead(tuple(people), tuple(sorted(faults)))


def _needs(fault: BadLine) -> str:
    return {
        "email": _("Une adresse électronique, comme prenom.nom@entreprise.fr."),
        "name": _("Le prénom et le nom."),
        "twice": _("Cette adresse est déjà à la ligne %(line)s.", line=fault.other),
        "too_many": _("La liste s'arrête à %(line)s lignes.", line=fault.other),
    }[fault.problem]


def chosen(rows: Iterable[Any], key: str | None) -> Any:
    """Find the row whose key was chosen, or nothing."""
    return next((each for each in rows if str(each.id) == key), None)


def acting_for(places: Iterable[Any], account: Account) -> list[Organisation]:
    """List the organisations for which somebody may act now."""
    return [each.organisation for each in places if each.state == "granted" and each.account_id == account.id]
