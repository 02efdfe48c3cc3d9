"""The areas of the site: who may enter, and the blueprints inside."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campus.models import Role
from campus.web.accounts import confirm as accounts_confirm
from campus.web.accounts import invitations as accounts_invitations
from campus.web.accounts import me as accounts_me
from campus.web.accounts import reset as accounts_reset
from campus.web.accounts import sign_in as accounts_sign_in
from campus.web.accounts import sign_up as accounts_sign_up
from campus.web.employers import coverage as employers_coverage
from campus.web.employers import matches as employers_matches
from campus.web.employers import memberships as employers_memberships
from campus.web.employers import need_wizard as employers_need_wizard
from campus.web.employers import needs as employers_needs
from campus.web.employers import organisations as employers_organisations
from campus.web.employers import reservations as employers_reservations
from campus.web.observers import demand as observers_demand
from campus.web.public import catalogue as public_catalogue
from campus.web.public import home as public_home
from campus.web.public import offers as public_offers
from campus.web.public import pages as public_pages
from campus.web.public import renewals as public_renewals
from campus.web.public import search as public_search
from campus.web.staff import course_sessions as staff_course_sessions
from campus.web.staff import courses as staff_courses
from campus.web.staff import coverage as staff_coverage
from campus.web.staff import demand as staff_demand
from campus.web.staff import enrolments as staff_enrolments
from campus.web.staff import feedback as staff_feedback
from campus.web.staff import mails as staff_mails
from campus.web.staff import needs as staff_needs
from campus.web.staff import organisations as staff_organisations
from campus.web.staff import people as staff_people
from campus.web.staff import queue as staff_queue
from campus.web.staff import referentials as staff_referentials
from campus.web.staff import requests as staff_requests
from campus.web.staff import skills as staff_skills
from campus.web.trainees import advice as trainees_advice
from campus.web.trainees import enrolments as trainees_enrolments
from campus.web.trainees import path as trainees_path
from campus.web.trainees import profile as trainees_profile


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
OBSERVERS = frozenset({Role.OBSERVER, Role.STAFF})

# One door a line, in the order of the alphabet: two people who each open one rarely meet on the same line.
AREAS: tuple[Area, ...] = (
    Area(
        "public",
        "/",
        (
            (public_catalogue.blueprint, EVERYBODY),
            (public_home.blueprint, EVERYBODY),
            (public_offers.blueprint, EVERYBODY),
            (public_pages.blueprint, EVERYBODY),
            (public_renewals.blueprint, EVERYBODY),
            (public_search.blueprint, EVERYBODY),
        ),
    ),
    Area(
        "accounts",
        "/compte",
        (
            (accounts_confirm.blueprint, EVERYBODY),
            (accounts_invitations.blueprint, EVERYBODY),
            (accounts_me.blueprint, SIGNED_IN),
            (accounts_reset.blueprint, EVERYBODY),
            (accounts_sign_in.blueprint, EVERYBODY),
            (accounts_sign_up.blueprint, EVERYBODY),
        ),
    ),
    Area(
        "employers",
        "/entreprise",
        (
            (employers_coverage.blueprint, EMPLOYERS),
            (employers_matches.blueprint, EMPLOYERS),
            (employers_memberships.blueprint, EMPLOYERS | STAFF),
            (employers_need_wizard.blueprint, EMPLOYERS),
            (employers_needs.blueprint, EMPLOYERS),
            (employers_organisations.blueprint, EMPLOYERS),
            (employers_reservations.blueprint, EMPLOYERS),
        ),
    ),
    Area(
        "trainees",
        "/parcours",
        (
            (trainees_advice.blueprint, TRAINEES),
            (trainees_enrolments.blueprint, TRAINEES),
            (trainees_path.blueprint, TRAINEES),
            (trainees_profile.blueprint, TRAINEES),
        ),
    ),
    Area(
        "staff",
        "/campus",
        (
            (staff_course_sessions.blueprint, STAFF),
            (staff_courses.blueprint, STAFF),
            (staff_coverage.blueprint, STAFF),
            (staff_demand.blueprint, STAFF),
            (staff_enrolments.blueprint, STAFF),
            (staff_feedback.blueprint, STAFF),
            (staff_mails.blueprint, STAFF),
            (staff_needs.blueprint, STAFF),
            (staff_organisations.blueprint, STAFF),
            (staff_people.blueprint, STAFF),
            (staff_queue.blueprint, STAFF),
            (staff_referentials.blueprint, STAFF),
            (staff_requests.blueprint, STAFF),
            (staff_skills.blueprint, STAFF),
        ),
    ),
    Area(
        "observers",
        "/indicateurs",
        ((observers_demand.blueprint, OBSERVERS),),
    ),
)
