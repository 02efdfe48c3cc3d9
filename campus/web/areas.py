"""The areas of the site: who may enter, and the blueprints inside."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campus.models import Role
from campus.web.accounts import calendar as accounts_calendar
from campus.web.accounts import confirm as accounts_confirm
from campus.web.accounts import invitations as accounts_invitations
from campus.web.accounts import me as accounts_me
from campus.web.accounts import preferences as accounts_preferences
from campus.web.accounts import reset as accounts_reset
from campus.web.accounts import sign_in as accounts_sign_in
from campus.web.accounts import sign_up as accounts_sign_up
from campus.web.employers import commitments as employers_commitments
from campus.web.employers import coverage as employers_coverage
from campus.web.employers import documents as employers_documents
from campus.web.employers import matches as employers_matches
from campus.web.employers import memberships as employers_memberships
from campus.web.employers import need_wizard as employers_need_wizard
from campus.web.employers import needs as employers_needs
from campus.web.employers import organisations as employers_organisations
from campus.web.employers import pools as employers_pools
from campus.web.employers import record as employers_record
from campus.web.employers import report as employers_report
from campus.web.employers import reservations as employers_reservations
from campus.web.employers import signed_copies as employers_signed_copies
from campus.web.observers import creation as observers_creation
from campus.web.observers import demand as observers_demand
from campus.web.observers import reports as observers_reports
from campus.web.public import calendars as public_calendars
from campus.web.public import catalogue as public_catalogue
from campus.web.public import home as public_home
from campus.web.public import offers as public_offers
from campus.web.public import pages as public_pages
from campus.web.public import programmes as public_programmes
from campus.web.public import renewals as public_renewals
from campus.web.public import rounds as public_rounds
from campus.web.public import search as public_search
from campus.web.public import six_months as public_six_months
from campus.web.public import stops as public_stops
from campus.web.public import verification as public_verification
from campus.web.staff import checklists as staff_checklists
from campus.web.staff import closures as staff_closures
from campus.web.staff import commitments as staff_commitments
from campus.web.staff import course_sessions as staff_course_sessions
from campus.web.staff import courses as staff_courses
from campus.web.staff import coverage as staff_coverage
from campus.web.staff import creation as staff_creation
from campus.web.staff import demand as staff_demand
from campus.web.staff import documents as staff_documents
from campus.web.staff import dossier_entries as staff_dossier_entries
from campus.web.staff import dossiers as staff_dossiers
from campus.web.staff import enrolments as staff_enrolments
from campus.web.staff import feedback as staff_feedback
from campus.web.staff import files as staff_files
from campus.web.staff import frozen_reports as staff_frozen_reports
from campus.web.staff import jobs as staff_jobs
from campus.web.staff import letters as staff_letters
from campus.web.staff import mails as staff_mails
from campus.web.staff import marks as staff_marks
from campus.web.staff import needs as staff_needs
from campus.web.staff import organisations as staff_organisations
from campus.web.staff import people as staff_people
from campus.web.staff import plan as staff_plan
from campus.web.staff import plan_sessions as staff_plan_sessions
from campus.web.staff import pools as staff_pools
from campus.web.staff import quality as staff_quality
from campus.web.staff import queue as staff_queue
from campus.web.staff import referentials as staff_referentials
from campus.web.staff import reports as staff_reports
from campus.web.staff import requests as staff_requests
from campus.web.staff import rooms as staff_rooms
from campus.web.staff import rounds as staff_rounds
from campus.web.staff import session_lives as staff_session_lives
from campus.web.staff import sheets as staff_sheets
from campus.web.staff import signed_copies as staff_signed_copies
from campus.web.staff import skills as staff_skills
from campus.web.staff import slots as staff_slots
from campus.web.staff import teaching as staff_teaching
from campus.web.staff import trainee_kinds as staff_trainee_kinds
from campus.web.staff import trainers as staff_trainers
from campus.web.staff import training as staff_training
from campus.web.staff import trend as staff_trend
from campus.web.trainees import advice as trainees_advice
from campus.web.trainees import course_days as trainees_course_days
from campus.web.trainees import documents as trainees_documents
from campus.web.trainees import enrolments as trainees_enrolments
from campus.web.trainees import path as trainees_path
from campus.web.trainees import presence as trainees_presence
from campus.web.trainees import profile as trainees_profile
from campus.web.trainees import rounds as trainees_rounds
from campus.web.trainees import sharing as trainees_sharing
from campus.web.trainers import attendance as trainers_attendance
from campus.web.trainers import results as trainers_results
from campus.web.trainers import today as trainers_today


@dataclass(frozen=True)
class Area:
    """Blueprints under one name and address, each with the roles it lets in; None lets everybody in."""

    name: str
    prefix: str
    doors: tuple[tuple[Blueprint, frozenset[Role] | None], ...]


EVERYBODY = None
SIGNED_IN = frozenset(Role)
EMPLOYERS = frozenset({Role.EMPLOYER})
TRAINEES = frozenset({Role.TRAINEE})
STAFF = frozenset({Role.STAFF})
TRAINERS = frozenset({Role.TRAINER})
OBSERVERS = frozenset({Role.OBSERVER, Role.STAFF})

# One door a line, in the order of the alphabet: two people who each open one rarely meet on the same line.
AREAS: tuple[Area, ...] = (
    Area(
        "public",
        "/",
        (
            (public_calendars.blueprint, EVERYBODY),
            (public_catalogue.blueprint, EVERYBODY),
            (public_home.blueprint, EVERYBODY),
            (public_offers.blueprint, EVERYBODY),
            (public_pages.blueprint, EVERYBODY),
            (public_programmes.blueprint, EVERYBODY),
            (public_renewals.blueprint, EVERYBODY),
            (public_rounds.blueprint, EVERYBODY),
            (public_search.blueprint, EVERYBODY),
            (public_verification.blueprint, EVERYBODY),
            (public_stops.blueprint, EVERYBODY),
            (public_six_months.blueprint, EVERYBODY),
        ),
    ),
    Area(
        "accounts",
        "/compte",
        (
            (accounts_calendar.blueprint, SIGNED_IN),
            (accounts_confirm.blueprint, EVERYBODY),
            (accounts_invitations.blueprint, EVERYBODY),
            (accounts_me.blueprint, SIGNED_IN),
            (accounts_preferences.blueprint, SIGNED_IN),
            (accounts_reset.blueprint, EVERYBODY),
            (accounts_sign_in.blueprint, EVERYBODY),
            (accounts_sign_up.blueprint, EVERYBODY),
        ),
    ),
    Area(
        "employers",
        "/entreprise",
        (
            (employers_commitments.blueprint, EMPLOYERS),
            (employers_coverage.blueprint, EMPLOYERS),
            (employers_documents.blueprint, EMPLOYERS),
            (employers_matches.blueprint, EMPLOYERS),
            (employers_memberships.blueprint, EMPLOYERS | STAFF),
            (employers_need_wizard.blueprint, EMPLOYERS),
            (employers_needs.blueprint, EMPLOYERS),
            (employers_organisations.blueprint, EMPLOYERS),
            (employers_pools.blueprint, EMPLOYERS),
            (employers_record.blueprint, EMPLOYERS),
            (employers_report.blueprint, EMPLOYERS),
            (employers_reservations.blueprint, EMPLOYERS),
            (employers_signed_copies.blueprint, EMPLOYERS),
        ),
    ),
    Area(
        "trainees",
        "/parcours",
        (
            (trainees_advice.blueprint, TRAINEES),
            (trainees_course_days.blueprint, TRAINEES),
            (trainees_documents.blueprint, TRAINEES),
            (trainees_enrolments.blueprint, TRAINEES),
            (trainees_path.blueprint, TRAINEES),
            (trainees_presence.blueprint, TRAINEES),
            (trainees_profile.blueprint, TRAINEES),
            (trainees_rounds.blueprint, TRAINEES),
            (trainees_sharing.blueprint, TRAINEES),
        ),
    ),
    Area(
        "staff",
        "/campus",
        (
            (staff_commitments.blueprint, STAFF),
            (staff_course_sessions.blueprint, STAFF),
            (staff_courses.blueprint, STAFF),
            (staff_coverage.blueprint, STAFF),
            (staff_creation.blueprint, STAFF),
            (staff_demand.blueprint, STAFF),
            (staff_documents.blueprint, STAFF),
            (staff_enrolments.blueprint, STAFF),
            (staff_feedback.blueprint, STAFF),
            (staff_files.blueprint, STAFF),
            (staff_dossier_entries.blueprint, STAFF),
            (staff_dossiers.blueprint, STAFF),
            (staff_frozen_reports.blueprint, STAFF),
            (staff_jobs.blueprint, STAFF),
            (staff_letters.blueprint, STAFF),
            (staff_mails.blueprint, STAFF),
            (staff_marks.blueprint, STAFF),
            (staff_needs.blueprint, STAFF),
            (staff_organisations.blueprint, STAFF),
            (staff_people.blueprint, STAFF),
            (staff_pools.blueprint, STAFF),
            (staff_plan.blueprint, STAFF),
            (staff_plan_sessions.blueprint, STAFF),
            (staff_quality.blueprint, STAFF),
            (staff_queue.blueprint, STAFF),
            (staff_referentials.blueprint, STAFF),
            (staff_reports.blueprint, STAFF),
            (staff_requests.blueprint, STAFF),
            (staff_rounds.blueprint, STAFF),
            (staff_session_lives.blueprint, STAFF),
            (staff_skills.blueprint, STAFF),
            (staff_checklists.blueprint, STAFF),
            (staff_closures.blueprint, STAFF),
            (staff_rooms.blueprint, STAFF),
            (staff_sheets.blueprint, STAFF),
            (staff_signed_copies.blueprint, STAFF),
            (staff_slots.blueprint, STAFF),
            (staff_teaching.blueprint, STAFF),
            (staff_trainee_kinds.blueprint, STAFF),
            (staff_trainers.blueprint, STAFF),
            (staff_trend.blueprint, STAFF),
            (staff_training.blueprint, STAFF),
        ),
    ),
    Area(
        "trainers",
        "/formateurs",
        (
            (trainers_attendance.blueprint, TRAINERS),
            (trainers_results.blueprint, TRAINERS),
            (trainers_today.blueprint, TRAINERS),
        ),
    ),
    Area(
        "observers",
        "/indicateurs",
        (
            (observers_creation.blueprint, OBSERVERS),
            (observers_demand.blueprint, OBSERVERS),
            (observers_reports.blueprint, OBSERVERS),
        ),
    ),
)
