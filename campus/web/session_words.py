"""What pages say of a session's half-days, attendance, checklist and history."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus.models import (
    AttendanceMode,
    AttendanceState,
    AuditEvent,
    ChecklistKind,
    CourseSession,
    CourseSessionState,
    Half,
    Slot,
)
from campus.queries.attendance import Sheet
from campus.queries.results import Liked
from campus.queries.slots import Clash
from campus.services import attendance, presence_codes, results, rooms, slots
from campus.services.session_calls import AnswersHaveLeft, CallUpsHaveLeft
from campus.services.undoing import UndoIsOver
from campus.web import filters
from campus.web.refusals import says

HALVES = {Half.MORNING: _l("matin"), Half.AFTERNOON: _l("après-midi")}
ATTENDANCE = {
    AttendanceState.PRESENT: _l("Présence"),
    AttendanceState.LATE: _l("Retard"),
    AttendanceState.ABSENT: _l("Absence"),
    AttendanceState.EXCUSED: _l("Excuse"),
}
ATTENDANCE_KINDS = {
    AttendanceState.PRESENT: "ok",
    AttendanceState.LATE: "warn",
    AttendanceState.ABSENT: "bad",
    AttendanceState.EXCUSED: "blue",
}
MODES = {
    AttendanceMode.PHONE: _l("noté en salle"),
    AttendanceMode.QR: _l("signé avec le code de la salle"),
    AttendanceMode.PAPER: _l("feuille papier"),
}
CHECKLIST = {
    ChecklistKind.AGREEMENTS: _l("Conventions et contrats signés"),
    ChecklistKind.ROOM: _l("Salle et personne données à chaque demi-journée"),
    ChecklistKind.CALL_UP: _l("Convocations envoyées"),
    ChecklistKind.MATERIALS: _l("Matériel et supports prêts"),
    ChecklistKind.SHEETS: _l("Feuilles de présence prêtes"),
    ChecklistKind.ATTENDANCE: _l("Présences complètes"),
    ChecklistKind.RESULTS: _l("Résultats par compétence notés"),
    ChecklistKind.CERTIFICATES: _l("Certificats et attestations remis"),
    ChecklistKind.INVOICES: _l("Factures parties"),
}
EVENTS = {
    "session_added": _l("Session préparée"),
    "session_moved": _l("Dates, lieu ou places changés"),
    "session_open": _l("Inscriptions ouvertes"),
    "session_confirmed": _l("Session confirmée"),
    "session_running": _l("Session commencée"),
    "session_finished": _l("Session terminée"),
    "session_closed": _l("Session clôturée"),
    "session_postponed": _l("Session reportée"),
    "session_cancelled": _l("Session annulée"),
    "rank_exception": _l("Quelqu'un passe devant sur la liste d'attente"),
    "slots_assigned": _l("Salle ou personne donnée aux demi-journées"),
    "slot_moved": _l("Demi-journée changée"),
    "checklist_held": _l("Quelqu'un s'en charge"),
    "checklist_left": _l("Plus personne ne s'en charge"),
    "checklist_done": _l("C'est fait"),
    "checklist_undone": _l("Ce n'est pas fait"),
}


def install(app: Flask) -> None:
    """Hand the words to the templates."""
    app.jinja_env.filters.update(
        half_day=half_day,
        opening_rule=opening_rule,
        liked_words=liked_words,
        half=lambda half: str(HALVES[half]),
        clock_times=clock_times,
        hours=hours,
        sheet_words=sheet_words,
        attendance_state=lambda state: str(ATTENDANCE[state]),
        attendance_kind=ATTENDANCE_KINDS.__getitem__,
        attendance_mode=lambda mode: str(MODES[mode]),
        checklist_kind=lambda kind: str(CHECKLIST[kind]),
        session_event=session_event,
        clash_words=clash_words,
    )


def opening_rule(session: CourseSession) -> str:
    """Say by which rule, and on which day, it is decided that a session takes place; nothing once that is past."""
    if session.state in (CourseSessionState.CONFIRMED, CourseSessionState.RUNNING):
        return _("La session est confirmée : elle aura lieu.")
    if session.state is not CourseSessionState.OPEN:
        return ""
    if session.decides_on is None:
        return ngettext(
            "La session ouvre à partir de %(num)s personne inscrite.",
            "La session ouvre à partir de %(num)s personnes inscrites.",
            session.seats_min,
        )
    return ngettext(
        "Décision le %(day)s : la session ouvre à partir de %(num)s personne inscrite.",
        "Décision le %(day)s : la session ouvre à partir de %(num)s personnes inscrites.",
        session.seats_min,
        day=filters.short_day(session.decides_on),
    )


def half_day(slot: Slot) -> str:
    """Write a half-day: "mercredi 3 mars 2027, matin"."""
    return f"{filters.day(slot.day)}, {HALVES[slot.half]}"


def clock_times(slot: Slot) -> str:
    """Write from when to when: "9 h 00 à 12 h 30"."""
    start, end = _hour(slot.begins.hour, slot.begins.minute), _hour(slot.ends.hour, slot.ends.minute)
    return _("%(start)s à %(end)s", start=start, end=end)


def _hour(hour: int, minute: int) -> str:
    return f"{hour}:{minute:02d}" if filters.language() == "en" else f"{hour}\u00a0h\u00a0{minute:02d}"


def liked_words(liked: Liked | None) -> str:
    """Say how a course was liked, always with how many answered: "4,3 sur 5 (12 réponses)"."""
    if liked is None:
        return ""
    mean = filters.number(round(liked.mean, 1))
    return ngettext("%(mean)s sur 5 (%(num)s réponse)", "%(mean)s sur 5 (%(num)s réponses)", liked.answers, mean=mean)


def hours(minutes: int) -> str:
    """Write minutes as hours: "10 h 30"."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}\u00a0h\u00a0{rest:02d}" if rest else f"{whole}\u00a0h"


def sheet_words(sheet: Sheet | None) -> str:
    """Say how a sheet stands."""
    if sheet is None or not sheet.marked:
        return _("rien de noté")
    said = [ngettext("%(num)s présence", "%(num)s présences", sheet.there)] if sheet.there else []
    said += [ngettext("%(num)s retard", "%(num)s retards", sheet.late)] if sheet.late else []
    said += [ngettext("%(num)s absence", "%(num)s absences", sheet.away)] if sheet.away else []
    return ", ".join(said)


def session_event(event: AuditEvent) -> str:
    """Name what happened to a session, with its count or its subject."""
    count = event.details.get("count", 0)
    counted = {
        "slots_planned": lambda: ngettext("%(num)s demi-journée planifiée", "%(num)s demi-journées planifiées", count),
        "slots_cancelled": lambda: ngettext("%(num)s demi-journée retirée", "%(num)s demi-journées retirées", count),
        "call_ups_prepared": lambda: ngettext("%(num)s convocation préparée", "%(num)s convocations préparées", count),
        "call_ups_undone": lambda: ngettext("%(num)s convocation retenue", "%(num)s convocations retenues", count),
        "admissions_prepared": lambda: ngettext("%(num)s réponse préparée", "%(num)s réponses préparées", count),
        "admissions_undone": lambda: ngettext("%(num)s réponse retenue", "%(num)s réponses retenues", count),
        "attendance_undone": lambda: ngettext("%(num)s présence retirée", "%(num)s présences retirées", count),
    }
    if event.action in counted:
        return str(counted[event.action]())
    said = str(EVENTS.get(event.action, event.action))
    kind = event.details.get("kind")
    return f"{CHECKLIST[ChecklistKind(kind)]}, {said[0].lower()}{said[1:]}" if kind else said


def clash_words(clash: Clash) -> str:
    """Say why a room or a trainer cannot be had."""
    when = filters.day(clash.day) + (f", {HALVES[clash.half]}" if clash.half else "")
    if clash.reason or clash.half is None:
        why = clash.reason or _("sans motif donné")
        return _("%(when)s : %(name)s n'est pas disponible (%(why)s).", when=when, name=clash.name, why=why)
    if not clash.course:
        return _("%(when)s : %(name)s vient d'être pris par quelqu'un d'autre.", when=when, name=clash.name)
    taken = {"when": when, "name": clash.name, "course": clash.course}
    return _("%(when)s : %(name)s est déjà pris par « %(course)s ».", **taken)


@says(slots.SlotsClash)
def _clash() -> str:
    return _("Une salle ou une personne ne peut pas être à deux endroits : voyez ce qui est déjà pris.")


@says(slots.RoomIsTooSmall)
def _too_small() -> str:
    return _(
        "La salle tient %(capacity)s personnes et la session a %(seats)s places : choisissez une salle plus grande."
    )


@says(slots.NothingToPlan)
def _nothing() -> str:
    return _(
        "Il n'y a aucune demi-journée à ajouter entre ces jours : elles existent déjà, ou ce sont des jours fériés."
    )


@says(slots.SlotsAreOver)
def _over() -> str:
    return _("Les demi-journées se planifient quand la session a ses dates et n'est pas finie.")


@says(slots.HalfDayIsSigned)
def _signed() -> str:
    return _("Des présences sont notées sur cette demi-journée : elle reste, comme preuve.")


@says(rooms.RoomNameIsTaken)
def _name_taken() -> str:
    return _("Une autre salle porte déjà ce nom.")


@says(attendance.HalfDayIsToCome)
def _to_come() -> str:
    return _("La demi-journée commence à %(begins)s : les présences se notent à partir d'une demi-heure avant.")


@says(attendance.NotExpectedHere)
def _not_expected() -> str:
    return _("Cette personne n'a pas de place dans cette session.")


@says(attendance.SheetIsClosed)
def _sheet_closed() -> str:
    return _("La session est clôturée ou annulée : ses feuilles ne changent plus.")


@says(CallUpsHaveLeft)
def _call_ups_have_left() -> str:
    return _("Aucune convocation n'attend plus : elles sont parties, ou déjà annulées.")


@says(AnswersHaveLeft)
def _answers_have_left() -> str:
    return _("Aucune réponse n'attend plus : elles sont parties, ou déjà annulées.")


@says(UndoIsOver)
def _undo_over() -> str:
    return _("Les dix minutes pour revenir en arrière sont passées : corrigez personne par personne.")


@says(presence_codes.CodeIsOver)
def _code_over() -> str:
    return _("Ce code n'est plus valable. Scannez celui qui est affiché dans la salle.")


@says(results.NobodyToJudge)
def _nobody() -> str:
    return _(
        "Les résultats se notent pendant la formation ; une fois la personne en fin de parcours ils ne changent plus."
    )


@says(results.OpinionTooEarly)
def _too_early() -> str:
    return _("Votre avis est attendu à la fin de la formation.")


@says(results.LinkIsOver)
def _link_over() -> str:
    return _("Ce lien est trop ancien. Merci quand même.")
