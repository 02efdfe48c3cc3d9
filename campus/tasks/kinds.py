"""The kinds of jobs: a name, and the one call of a service that it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from campus import clock
from campus.mail_rules import Rhythm
from campus.services import (
    attendance,
    bounces,
    changes,
    digests,
    documents,
    firm_questions,
    inactivity,
    jobs,
    mails,
    matches,
    need_drafts,
    need_lives,
    offers,
    papers_due,
    pool_sessions,
    pools,
    reservations,
    results,
    retention,
    rounds,
    session_calls,
    session_changes,
    session_clock,
    sessions,
    staff_reminders,
)

# One kind a line, in the order of the alphabet; the names that campus/schedules.py makes due take no payload.
KINDS: dict[str, Callable[..., Any]] = {
    "accounts.erase_unused": lambda: inactivity.erase_unused(clock.now()),
    "accounts.tell_unused": lambda: inactivity.tell_unused(clock.now()),
    "attendance.ask_for_sheets": lambda: attendance.ask_for_sheets(clock.today()),
    "attendance.settle": lambda: attendance.settle(clock.now()),
    "bounces.tell": lambda: bounces.tell_staff(clock.now()),
    "certifications.tell": lambda: staff_reminders.tell_certifications(clock.today()),
    "changes.forget_old": lambda: changes.forget_changes(clock.now()),
    "coverage.daily": lambda: digests.tell_new_coverage(clock.now(), Rhythm.DAILY),
    "coverage.weekly": lambda: digests.tell_new_coverage(clock.now(), Rhythm.WEEKLY),
    "documents.forget_old": lambda: documents.forget_old_documents(clock.today()),
    "documents.issue_proofs": papers_due.issue_proofs,
    "enrolments.admit": session_calls.carry_out_admission,
    "enrolments.call_up": session_calls.carry_out_call_up,
    "habilitations.tell": lambda: staff_reminders.tell_habilitations(clock.today()),
    "hires.ask": lambda: firm_questions.ask_hires(clock.now()),
    "jobs.forget_old": lambda: jobs.forget_old_jobs(clock.now()),
    "mails.forget_old": lambda: mails.forget_old_mails(clock.now()),
    "matches.judge_again": matches.judge_again,
    "memberships.remind": lambda: staff_reminders.tell_memberships(clock.now()),
    "needs.ask_renewals": lambda: need_lives.ask_renewals(clock.now()),
    "needs.expire": lambda: need_lives.expire_needs(clock.now()),
    "needs.forget_drafts": lambda: need_drafts.forget_old_drafts(clock.now()),
    "offers.expire": lambda: offers.expire_offers(clock.now()),
    "offers.remind": lambda: offers.remind_offers(clock.now()),
    "personal.forget_old": lambda: retention.forget_old_data(clock.now()),
    "pools.decide": lambda: pool_sessions.decide_due(clock.today()),
    "pools.remind": lambda: pools.remind_due(clock.today()),
    "reservations.return_unused": lambda: reservations.return_unused(clock.today()),
    "reservations.warn": lambda: reservations.warn_unused(clock.today()),
    "results.ask_at_six_months": lambda: results.ask_at_six_months(clock.today()),
    "rounds.close": lambda: rounds.close_due(clock.today()),
    "sessions.call_up": lambda: session_clock.call_up_people(clock.today()),
    "sessions.decide": lambda: session_clock.decide_sessions(clock.today()),
    "sessions.finish": lambda: session_clock.finish_sessions(clock.today()),
    "sessions.forget_old": lambda: sessions.forget_old_sessions(clock.now()),
    "sessions.remind": lambda: session_clock.remind_first_day(clock.today()),
    "sessions.start": lambda: session_clock.start_sessions(clock.today()),
    "sessions.tell_changes": session_changes.tell_changes,
    "stays.ask": lambda: firm_questions.ask_stays(clock.now()),
}
