"""What became of each post, line by line: proposed, trained, hired, still there or lost, as services would write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from campus.demo.generated.courses import Sessions, free
from campus.demo.generated.draw import Draw, Row, Table
from campus.demo.generated.enrolments import Enrolments, Steps
from campus.demo.generated.needs import Followed
from campus.lifecycles.coverage import Line, post_coverage
from campus.models import CoverageEvent, SeatReservation, random_id
from campus.reports.funnel import SIX_MONTHS_DAYS

TRAINED, FOUND_ELSEWHERE = 0.62, 0.12
WITNESS = ("firm",) * 8 + ("campus", "campus")
FROM_STATE = {
    "applied": "proposed",
    "confirmed": "enrolled",
    "attended": "started",
    "completed": "completed",
    "completed_part": "completed",
}


class Ledger:
    """Generated lines of the ledger, and seats that firms keep for their posts."""

    def __init__(self, draw: Draw, sessions: Sessions, enrolments: Enrolments, *, people: Iterator[Row]) -> None:
        self.draw, self.sessions, self.enrolments, self.people = draw, sessions, enrolments, people
        self.rows: list[Row] = []
        self.reservations: list[Row] = []

    def tables(self) -> Iterator[Table]:
        """Give the rows."""
        yield "Places réservées", SeatReservation, self.reservations
        yield "Journal de couverture", CoverageEvent, self.rows

    def tell(self, need: Followed) -> None:
        """Tell the story of each post of a need, as far as time has gone."""
        for post in need.posts:
            lines = need.lines.setdefault(post["number"], [])
            chance = self.draw.luck.random()
            if chance < TRAINED:
                self._train(need, post, lines)
            elif chance < TRAINED + FOUND_ELSEWHERE:
                day = self.draw.later(need.declared, 20, 200)
                self._hire(need, post, lines, candidate=None, day=day)
        self._reserve(need)

    def settle(self, need: Followed) -> None:
        """Let the state of each post follow from its lines, and keep these."""
        for post in need.posts:
            lines = need.lines[post["number"]]
            post["state"] = post_coverage(map(_folded, lines)).state
            self.rows += lines

    def write(self, need: Followed, post: Row, kind: str, *, at: datetime, **said: object) -> Row:
        """Add a line about a post, never before the one that stands last."""
        lines = need.lines[post["number"]]
        actor = {"firm": need.row["author_id"], "campus": self.draw.staff}.get(str(said.get("source", "campus")))
        made = {
            "id": random_id(),
            "need_post_id": post["id"],
            "number": len(lines) + 1,
            "enrolment_id": None,
            "kind": kind,
            "at": max(at, lines[-1]["at"]) if lines else at,
            "actor_id": actor,
            "source": "campus",
            "reason": "",
            "evidence": {},
            "about_id": None,
        } | said
        lines.append(made)
        return made

    def _train(self, need: Followed, post: Row, lines: list[Row]) -> None:
        """Let somebody be trained for a post; who stops on the way leaves it open for another."""
        first = self.draw.later(need.declared, 20, 60)
        for _candidate in range(2):
            session = self.sessions.leading_to(need.trade.id, first, first + timedelta(days=220))
            person = next(self.people, None) if session and first <= self.draw.today else None
            if session is None or person is None:
                return
            earliest = max(need.declared, session["starts_on"] - timedelta(days=self.draw.luck.randint(20, 70)))
            row, steps = self.enrolments.apply(session, person, earliest=earliest, post=post["id"])
            if self._follow(need, post, row=row, steps=steps):
                self._present(need, post, lines, row=row)
                return
            first = self.draw.later(lines[-1]["at"].date(), 10, 40)

    def _follow(self, need: Followed, post: Row, *, row: Row, steps: Steps) -> bool:
        """Write down the steps of an application; tell whether the person is still there."""
        earliest = max(need.row["published_at"], min(steps.values()))
        for state, at in steps.items():
            if state in FROM_STATE:
                self.write(need, post, FROM_STATE[state], at=max(at, earliest), enrolment_id=row["id"])
            elif state in {"dropped_out", "absent"}:
                self.write(need, post, "lost", at=at, enrolment_id=row["id"], reason=state)
                self.write(need, post, "reopened", at=at, reason="candidate_left")
                return False
        return True

    def _present(self, need: Followed, post: Row, lines: list[Row], *, row: Row) -> None:
        day = self.draw.later(lines[-1]["at"].date(), 2, 20)
        if lines[-1]["kind"] != "completed" or day > self.draw.today or self.draw.happens(0.06):
            return
        self.write(need, post, "presented", at=self.draw.within(day), enrolment_id=row["id"], source="firm")
        self._hire(need, post, lines, candidate=row, day=self.draw.later(day, 3, 50))

    def _hire(self, need: Followed, post: Row, lines: list[Row], *, candidate: Row | None, day: date) -> None:
        """Let the firm answer whether it hired; some answers are disputed, and half a year on it answers again."""
        draw, about = self.draw, {"enrolment_id": candidate["id"] if candidate else None}
        if day > draw.today:
            return
        at = draw.within(day)
        if candidate and draw.happens(0.14):
            self.write(need, post, "lost", at=at, source="firm", reason="not_hired", **about)
            return
        source = draw.luck.choice(WITNESS)
        hired = self.write(need, post, "hired", at=at, source=source, **about)
        if candidate and draw.happens(0.4):
            kind, reason = ("lost", "not_hired") if draw.happens(0.05) else ("hired", "")
            told = draw.within(min(draw.later(day, 0, 20), draw.today))
            self.write(
                need, post, kind, at=told, source="trainee", reason=reason, actor_id=candidate["account_id"], **about
            )
        if source == "campus" and draw.happens(0.5):
            kind, reason = ("contested", "Cette embauche n’a pas eu lieu.") if draw.happens(0.1) else ("confirmed", "")
            judged = draw.within(min(draw.later(day, 1, 25), draw.today))
            self.write(need, post, kind, at=judged, source="firm", reason=reason, about_id=hired["id"])
        self._half_a_year_on(need, post, lines, about=about)

    def _half_a_year_on(self, need: Followed, post: Row, lines: list[Row], *, about: Row) -> None:
        draw = self.draw
        asked = draw.later(lines[-1]["at"].date(), SIX_MONTHS_DAYS, SIX_MONTHS_DAYS + 20)
        if asked <= draw.today and draw.happens(0.9) and post_coverage(map(_folded, lines)).state == "hired":
            kind, reason = ("stayed", "") if draw.happens(0.84) else ("lost", "left")
            self.write(need, post, kind, at=draw.within(asked), source="firm", reason=reason, **about)

    def _reserve(self, need: Followed) -> None:
        """Let some firms keep seats for the posts that nobody stands behind yet."""
        draw = self.draw
        posts = [post for post in need.posts if not need.lines[post["number"]]]
        recent = need.declared > draw.today - timedelta(days=80)
        if not posts or not recent or draw.happens(0.7):
            return
        first = draw.today + timedelta(days=20)
        session = self.sessions.leading_to(need.trade.id, first, first + timedelta(days=300))
        if session is None or not free(session, len(posts)):
            return
        session["seats_taken"] += len(posts)
        kept = self._reservation(need, session, len(posts))
        self.reservations.append(kept)
        for post in posts:
            said = {"source": "firm", "evidence": {"reservation": str(kept["id"])}}
            self.write(need, post, "reserved", at=kept["created_at"], **said)

    def _reservation(self, need: Followed, session: Row, seats: int) -> Row:
        at = self.draw.within(self.draw.later(need.declared, 0, (self.draw.today - need.declared).days))
        at = max(at, need.row["published_at"])
        return {
            "id": random_id(),
            "course_session_id": session["id"],
            "organisation_id": need.row["organisation_id"],
            "need_id": need.row["id"],
            "author_id": need.row["author_id"],
            "seats": seats,
            "unnamed": seats,
            "names_until": session["starts_on"] - timedelta(days=7),
            "state": "open",
            "created_at": at,
            "updated_at": at,
        }


def _folded(line: Row) -> Line:
    """Give a line as the fold reads it."""
    about = line["about_id"]
    candidate = str(line["enrolment_id"]) if line["enrolment_id"] else line["evidence"].get("reservation")
    key, kind, number, source = str(line["id"]), line["kind"], line["number"], line["source"]
    return Line(key, kind, number, source, candidate, str(about) if about else None)
