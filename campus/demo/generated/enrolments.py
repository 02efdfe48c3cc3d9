"""Who applied to which session, step by step as far as time has gone, and what it brought them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from campus.demo.generated.courses import Courses, free
from campus.demo.generated.draw import Draw, Row, Table, logged
from campus.lifecycles.enrolment import HOLDING, LEARNT
from campus.models import Enrolment, Satisfaction, SixMonths, SkillResult, random_id

HOLDS = frozenset({*HOLDING, *LEARNT})
ENDS = ("completed",) * 41 + ("completed_part",) * 3 + ("dropped_out",) * 4 + ("absent",) * 2
REASONS = (
    "Emploi trouvé avant la fin",
    "Raison de santé",
    "Garde d’enfant",
    "Transport trop long",
    "La formation ne convenait pas",
)
SCORES = (2, 3, 3, 4, 4, 4, 4, 5, 5, 5)
KINDS = ("jobseeker",) * 9 + ("private",) * 5 + ("apprentice",) * 3 + ("individual", "other", None)
SURE = frozenset({"admitted", "confirmed", "called_up"})
MOMENT = timedelta(seconds=1)
Steps = dict[str, datetime]


class Enrolments:
    """Generated applications, the lines of the audit log about them, results and opinions."""

    def __init__(self, draw: Draw, courses: Courses, trainers: list[Row]) -> None:
        self.draw, self.outcomes = draw, courses.outcomes
        self.trainers = [each["id"] for each in trainers]
        self.rows: list[Row] = []
        self.results: list[Row] = []
        self.opinions: list[Row] = []
        self.answers: list[Row] = []
        self.log: list[Row] = []

    def tables(self) -> Iterator[Table]:
        """Give the rows; those of the audit log come with all others' of that table."""
        yield "Candidatures", Enrolment, self.rows
        yield "Résultats", SkillResult, self.results
        yield "Satisfaction", Satisfaction, self.opinions
        yield "Réponses à six mois", SixMonths, self.answers

    def apply(self, session: Row, person: Row, *, earliest: date, post: uuid.UUID | None = None) -> tuple[Row, Steps]:
        """Let somebody apply to a session from a day on, and go as far as time has; who finds no seat waits."""
        made = self._new(session, person)
        if not free(session):
            session["last_rank"] += 1
            made |= {"state": "waitlisted", "rank": session["last_rank"], **self.draw.stamps(20)}
            return self._keep(made), {}
        made["need_post_id"] = post
        steps = self._taken(session, earliest)
        made |= {"state": list(steps)[-1], "created_at": min(steps.values()), "updated_at": max(steps.values())}
        if made["state"] == "dropped_out":
            made["reason"] = self.draw.luck.choice(REASONS)
        session["seats_taken"] += made["state"] in HOLDS
        self._write_down(made, steps)
        if made["state"] in LEARNT:
            self._learn(made, session, steps[made["state"]])
        return self._keep(made), steps

    def _new(self, session: Row, person: Row) -> Row:
        return {
            "id": random_id(),
            "course_session_id": session["id"],
            "account_id": person["id"],
            "rank": None,
            "need_post_id": None,
            "trainee_kind": KINDS[len(self.rows) * 7 % len(KINDS)],
            "reason": "",
        }

    def _keep(self, made: Row) -> Row:
        self.rows.append(made)
        return made

    def _taken(self, session: Row, earliest: date) -> Steps:
        """Give the steps taken by now, each with its moment, in their order."""
        draw, start, end = self.draw, session["starts_on"], session["ends_on"]
        applied = max(min(earliest, start - timedelta(days=3), draw.today), session["created_at"].date())
        days = {"applied": applied, "admitted": draw.later(applied, 1, 4), "confirmed": draw.later(applied, 5, 10)}
        days["called_up"] = start - timedelta(days=14)
        last = draw.luck.choice(ENDS)
        if last == "absent":
            days[last] = start
        else:
            days["attended"] = start
            days[last] = draw.later(start, 0, (end - start).days) if last == "dropped_out" else draw.later(end, 0, 6)
        found: Steps = {}
        before = max(draw.within(applied), session["created_at"])
        for state, day in days.items():
            if day > draw.today:
                break
            before = found[state] = max(draw.within(min(day, start) if state in SURE else day), before + MOMENT)
        return found

    def _write_down(self, made: Row, steps: Steps) -> None:
        before = ""
        for state, at in steps.items():
            said = {"before": before, **({"reason": made["reason"]} if state == "dropped_out" else {})}
            actor = made["account_id"] if state in {"applied", "confirmed"} else self.draw.staff
            self.log.append(logged("enrolments", made["id"], f"enrolment.{state}", at=at, actor=actor, details=said))
            before = state

    def _learn(self, made: Row, session: Row, at: datetime) -> None:
        """Judge each skill of the matrix, hear how it was liked, and half a year later what became of it."""
        draw, assessor = self.draw, self.draw.luck.choice(self.trainers)
        outcomes = self.outcomes[session["course_id"]]
        for outcome in outcomes if made["state"] == "completed" else outcomes[: len(outcomes) // 2]:
            row = {"id": random_id(), "enrolment_id": made["id"], "skill_id": outcome["skill_id"]}
            level = max(1, outcome["exit_level"] - draw.happens(0.1))
            self.results.append({**row, "level": level, "assessor_id": assessor, "assessed_on": at.date()})
        said = draw.within(min(draw.later(at.date(), 0, 9), draw.today))
        if draw.happens(0.7):
            opinion = {"score": draw.luck.choice(SCORES), "comment": "", "said_at": max(said, at)}
            self.opinions.append({"id": random_id(), "enrolment_id": made["id"], **opinion})
        answered = draw.later(at.date(), 182, 215)
        if answered <= draw.today and draw.happens(0.5):
            work = draw.luck.choice(("expected_post", "expected_post", "same_trade", "other", "none"))
            used = draw.luck.choice(("daily", "daily", "sometimes", "never"))
            answer = {"work": work, "used": used, "answered_at": draw.within(answered)}
            self.answers.append({"id": random_id(), "enrolment_id": made["id"], **answer})
