"""The answer to a need as its page shows it: the window, the cards, what to precise."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from campus.matching.answers import Gate, Reason, SkillCoverage, Verdict
from campus.matching.answers import Match as Judged
from campus.matching.explanation import from_json
from campus.models import CourseSession, Match, Need
from campus.queries.matches import StoredAnswer, answer_of
from campus.web.filters import short_day, table_day
from campus.web.reasons import essentials, essentials_met, sentence_of, smallest_change
from campus.web.reasons import pathway as pathway_reasons
from campus.web.windows import Offer, Pane, Row, Window

SHOWN_IN_WINDOW = 3
FOR = 3
Line = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """One answer, as the macro `offer` shows it."""

    course_id: uuid.UUID | None
    title: str
    url: str
    facts: str
    state: str
    kind: str
    mark: str
    steps: tuple[Line, ...]
    reasons: tuple[Line, ...]
    gates: tuple[Line, ...]
    everything: tuple[Line, ...] = ()
    rejected: bool = False


@dataclass(frozen=True)
class AnswerPage:
    """All that the page of a need says of its answer."""

    window: Window | None
    cards: tuple[Card, ...]
    hints: tuple[str, ...]
    not_enough: tuple[str, ...]
    uncovered: tuple[Line, ...]


def answer_values(need: Need, *, acting: bool) -> dict[str, Any]:
    """Give what the template of the answer asks for."""
    stored = answer_of(need)
    return {"stored": stored, "answer": answer_page(need, stored) if stored else None, "acting": acting}


def answer_page(need: Need, stored: StoredAnswer) -> AnswerPage:
    """Put the stored answer into words and panes."""
    judged = [(row, from_json(row.explanation)) for row in stored.matches]
    pathway = stored.whole["pathway"]
    several = pathway if pathway and len(pathway["steps"]) > 1 else None
    cards = [_pathway_card(several, stored)] if several else []
    cards += [_card(row, match, stored) for row, match in judged]
    return AnswerPage(
        window=_window(need, judged, stored, several=several) if judged else None,
        cards=tuple(cards),
        hints=tuple(sentence_of(Reason(**each)) for each in stored.whole["hints"]),
        not_enough=tuple(sentence_of(Reason(**each)) for each in stored.whole["not_enough"]),
        uncovered=tuple(stored.whole["uncovered"]),
    )


def _window(need: Need, judged: list[tuple[Match, Judged]], stored: StoredAnswer, *, several: Any) -> Window:
    offers, columns = [], []
    if several:
        offers.append(Offer(_("Parcours conseillé"), _courses_count(several), advised=True))
        columns.append({each["skill_id"]: each for each in several["coverage"]["skills"]})
    for row, match in judged[: SHOWN_IN_WINDOW if not several else SHOWN_IN_WINDOW - 1]:
        course = stored.courses[str(row.course_id)]
        offers.append(Offer(course.title, _hours_and_end(course.hours, _session(row, stored)), advised=not offers))
        columns.append({each.skill_id: vars_of(each) for each in match.coverage.skills})
    rows = tuple(
        Row(
            each.skill.label,
            each.importance.value == "essential",
            each.level,
            tuple(_pane(each.level, column.get(each.skill_id)) for column in columns),
        )
        for each in need.skills
    )
    return Window(tuple(offers), rows)


def vars_of(covered: SkillCoverage) -> dict[str, Any]:
    """Give what a pane needs of a skill's coverage."""
    close = covered.closeness.value != "identity"
    return {"reached": covered.reached, "hoped": covered.hoped, "closeness": "close" if close else "identity"}


def _pane(required: int | None, covered: dict[str, Any] | None) -> Pane:
    """Show the level reached by identity; what is only close never fills a pane."""
    if covered is None or covered["closeness"] != "identity":
        return Pane(required, None)
    hoped = covered["hoped"] if covered["hoped"] > covered["reached"] else None
    return Pane(required, covered["reached"] or None, hoped)


def _courses_count(pathway: dict[str, Any]) -> str:
    return ngettext("%(num)s formation", "%(num)s formations", len(pathway["steps"]))


def _session(row: Match, stored: StoredAnswer) -> CourseSession | None:
    return stored.sessions.get(str(row.course_session_id))


def _hours_and_end(hours: int | None, session: CourseSession | None) -> str:
    """Say what the head of a column has room for; the card below says the rest."""
    parts = [_("%(hours)s h", hours=hours)] if hours else []
    if session is not None and session.ends_on is not None:
        parts.append(_("fin le %(day)s", day=table_day(session.ends_on)))
    return ", ".join(parts)


def facts_of(hours: int | None, session: CourseSession | None) -> str:
    """Say the few facts of an offer: hours, dates, seats left."""
    parts = [_("%(hours)s h", hours=hours)] if hours else []
    if session is None:
        parts.append(_("pas encore de session"))
    elif session.starts_on is None or session.ends_on is None:
        parts.append(_("dates à fixer"))
    else:
        start, end = short_day(session.starts_on), short_day(session.ends_on)
        parts.append(_("du %(start)s au %(end)s", start=start, end=end))
    if session is not None:
        left = ngettext("%(num)s place libre", "%(num)s places libres", session.seats_left)
        parts.append(_("%(left)s sur %(most)s", left=left, most=session.seats_max))
    return ", ".join(parts)


def _card(row: Match, match: Judged, stored: StoredAnswer) -> Card:
    course = stored.courses[str(row.course_id)]
    state, kind, mark = _state(match)
    return Card(
        course_id=course.id,
        title=course.title,
        url=url_for("public.catalogue.show", course_id=course.id),
        facts=facts_of(course.hours, _session(row, stored)),
        state=state,
        kind=kind,
        mark=mark,
        steps=(),
        reasons=_best_reasons(match),
        gates=tuple(_gate(each) for each in match.closed_gates),
        everything=tuple({"good": each.sign == "+", "text": sentence_of(each)} for each in match.reasons),
        rejected=match.rejected,
    )


def _state(match: Judged) -> tuple[str, str, str]:
    if match.rejected:
        return _("Jugée non pertinente"), "warn", ""
    if match.closed_gates:
        return ngettext("%(num)s condition fermée", "%(num)s conditions fermées", len(match.closed_gates)), "warn", ""
    met = match.coverage.essential_met
    if met == match.coverage.essential_total and met:
        return _("Toutes les indispensables"), "ok", "yes"
    return essentials_met(met, match.coverage.essential_total), "blue", ""


def _best_reasons(match: Judged) -> tuple[Line, ...]:
    """Choose three reasons for and one against: what decides, not all that can be said."""
    coverage = match.coverage
    good = [essentials(coverage.essential_met, coverage.essential_total)] if coverage.essential_met else []
    good += [sentence_of(each.reason) for each in match.gates if each.verdict == Verdict.YES and _telling(each)]
    good += [sentence_of(each) for each in match.reasons if each.code == "occupation.same"]
    against = [each for each in match.reasons if each.sign == "-" and each.code.startswith("skill.")]
    against += [each for each in match.reasons if each.code in {"skill.partial", "skill.entry_unknown"}]
    bad = sorted(against, key=lambda each: each.values["importance"] != "essential")[:1]
    return tuple(
        [{"good": True, "text": text} for text in good[:FOR]]
        + [{"good": False, "text": sentence_of(one)} for one in bad]
    )


def _telling(gate: Gate) -> bool:
    return gate.code not in {"distance.no_limit", "certification.no_end"}


def _gate(gate: Gate) -> Line:
    return {
        "fact": sentence_of(gate.reason),
        "text": "",
        "change": smallest_change(gate.code, gate.reason.values),
    }


def _pathway_card(pathway: dict[str, Any], stored: StoredAnswer) -> Card:
    coverage = pathway["coverage"]
    total = sum(coverage[name] for name in ("essential_met", "essential_partial", "essential_missing"))
    met = coverage["essential_met"]
    said = pathway_reasons(pathway["in_time"], longer_would_do=pathway["longer_would_do"])
    reasons = [(met == total, essentials(met, total)), *said]
    return Card(
        course_id=None,
        title=_("Parcours en %(count)s formations", count=len(pathway["steps"])),
        url="",
        facts="",
        state=_("Toutes les indispensables") if pathway["complete"] else _("Le plus complet"),
        kind="ok" if pathway["complete"] else "blue",
        mark="yes" if pathway["complete"] else "",
        steps=tuple(_step(each, stored) for each in pathway["steps"]),
        reasons=tuple({"good": good, "text": text} for good, text in reasons),
        gates=(),
    )


def _step(step: dict[str, Any], stored: StoredAnswer) -> Line:
    course = stored.courses[step["course_id"]]
    session = stored.sessions.get(step["session_id"] or "")
    url = url_for("public.catalogue.show", course_id=course.id)
    return {"title": course.title, "url": url, "facts": facts_of(course.hours, session)}
