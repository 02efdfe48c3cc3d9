"""What holds for every mail: which one may switch off, which can wait for a digest, which may leave at night."""

from __future__ import annotations

import enum
from datetime import datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
EVENING, MORNING = time(20), time(8)
AUGUST = 8


class MailCategory(enum.StrEnum):
    """What a person may choose about; whatever is in no category is always sent."""

    COVERAGE = "coverage"
    OUTCOMES = "outcomes"
    FEEDBACK = "feedback"


class Rhythm(enum.StrEnum):
    """How often a person wants to hear of something."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


# What may be chosen, the usual choice first.
RHYTHMS: dict[MailCategory, tuple[Rhythm, ...]] = {
    MailCategory.COVERAGE: (Rhythm.WEEKLY, Rhythm.DAILY, Rhythm.NEVER),
    MailCategory.OUTCOMES: (Rhythm.AT_ONCE, Rhythm.NEVER),
    MailCategory.FEEDBACK: (Rhythm.AT_ONCE, Rhythm.NEVER),
}

# The kinds of mail (names of templates) that one may switch off.
SWITCHABLE: dict[str, MailCategory] = {
    "hire_asked": MailCategory.OUTCOMES,
    "new_coverage": MailCategory.COVERAGE,
    "session_finished": MailCategory.FEEDBACK,
    "six_months": MailCategory.FEEDBACK,
    "stay_asked": MailCategory.OUTCOMES,
}

# The kinds that somebody has just asked for and waits for in front of a screen, at whatever hour.
AWAITED = frozenset(
    {
        "new_address_confirm",
        "new_address_taken",
        "reset_disabled",
        "reset_password",
        "reset_unknown",
        "sign_up_confirm",
        "sign_up_known",
    }
)


# The kinds that hold a motive written to one person: the team reads their text only once it has said why it must.
KEPT_APART = frozenset({"enrolment_refused"})


# The kinds whose link opens an account: whoever reads it could take the account over.
OPENS_AN_ACCOUNT = frozenset(
    {"invitation_to_campus", "invitation_to_site", "new_address_confirm", "reset_password", "sign_up_confirm"}
)


def is_night(now: datetime) -> bool:
    """Tell whether people in Chartres are left in peace: from 20:00 to 8:00."""
    hour = now.astimezone(PARIS).time()
    return hour >= EVENING or hour < MORNING


def is_august(now: datetime) -> bool:
    """Tell whether firms are left in peace: nobody reminds them in August."""
    return now.astimezone(PARIS).month == AUGUST
