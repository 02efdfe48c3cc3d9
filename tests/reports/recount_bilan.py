"""The frames of the pedagogical and financial report of a year counted again from raw rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import time

from tests.reports.recount import rows
from tests.reports.recount_delays import PARIS
from tests.reports.recount_dossiers import money, rounded

CAME = {"attended", "completed", "completed_part", "dropped_out"}
PEOPLE = """
    SELECT enrolments.*, starts_on, hours, nsf_code, certification_kind, certification_level, contract
    FROM enrolments JOIN course_sessions ON course_sessions.id = course_session_id
    JOIN courses ON courses.id = course_id
    LEFT JOIN need_posts ON need_posts.id = need_post_id LEFT JOIN needs ON needs.id = need_id
"""
SLOTS = """
    SELECT slots.*, display_name FROM slots LEFT JOIN accounts ON accounts.id = trainer_id WHERE cancelled_at IS NULL
"""
IN_FRAME_C = ("firms", "apprenticeship", "alternance", "reconversion", "personal_account", "plan", "unemployed")
IN_FRAME_C += ("state", "region", "jobcentre", "individuals", "others")


def amounts(year, until):
    """Read the amounts of a year."""
    found = rows("SELECT * FROM yearly_amounts", until)
    return {each["line"]: money(each["amount"]) for each in found if str(each["year"]) == year}


def taught(year, until):
    """Add up who taught on half-days that have come; list the names and hours, and count those without anybody."""
    today, minutes, alone = str(until.astimezone(PARIS).date()), Counter(), 0
    for each in rows(SLOTS, until):
        if str(each["day"]).startswith(year) and str(each["day"]) <= today:
            begins, ends = (time.fromisoformat(str(each[name])) for name in ("begins", "ends"))
            length = 60 * (ends.hour - begins.hour) + ends.minute - begins.minute
            minutes[each["trainer_id"], each["display_name"]] += length
            alone += each["trainer_id"] is None
    found = [[name, rounded(length, 60, "0.01")] for (key, name), length in minutes.items() if key is not None]
    return sorted(found), alone


def people(year, until):
    """List the people who came to a session that began in the year: what each frame asks of them."""
    signed = Counter()
    for each in rows("SELECT enrolment_id, minutes FROM attendances", until):
        signed[each["enrolment_id"]] += each["minutes"]
    found = [each for each in rows(PEOPLE, until) if str(each["starts_on"]).startswith(year) and each["state"] in CAME]
    for each in found:
        finished = each["state"].startswith("completed")
        each["sheet"] = each["id"] in signed
        each["minutes"] = signed[each["id"]] if each["sheet"] else 60 * (each["hours"] or 0) * finished
        each["group"] = each["nsf_code"][:3]
        each["level"] = each["certification_level"] if each["certification_kind"] == "rncp" else None
        inferred = "private" if each["reservation_id"] else "unknown"
        inferred = "apprentice" if each["contract"] == "apprenticeship" else inferred
        each["kind"] = each["trainee_kind"] or inferred
    return found


def counted(found):
    """Count people and their hours, added up before they are rounded."""
    return [len(found), rounded(sum(each["minutes"] for each in found), 60, "0.1")]


def by(found, *names):
    """Count people and their hours by what is asked of them."""
    parts = defaultdict(list)
    for each in found:
        parts[tuple(each[name] for name in names)].append(each)
    return {key: counted(part) for key, part in parts.items()}


def specialities(found):
    """Rank specialities by people, then hours: the line of each in the form, and what the others come to."""
    groups = {key: figures for (key,), figures in by(found, "group").items()}
    order = sorted(groups, key=lambda group: (-groups[group][0], -groups[group][1], group))
    lines = [group for group in order if group][:5]
    others = [each for each in found if each["group"] not in lines]
    return [[group, lines.index(group) + 1 if group in lines else 0, *groups[group]] for group in order], counted(
        others
    )


def checks(year, until):
    """Tell what is found and what is expected of each check."""
    found, known, (trainers, alone) = people(year, until), amounts(year, until), taught(year, until)
    bare = [each for each in found if not each["sheet"]]
    missing = {
        "kind": sum(each["kind"] == "unknown" for each in found),
        "speciality": sum(each["group"] == "" for each in found),
        "sheet": len(bare),
        "programme": sum(not each["hours"] for each in bare),
        "level": sum(each["certification_kind"] == "rncp" and not each["level"] for each in found),
        "trainer": alone,
        "teaching": int(bool(found) and not trainers),
        "income": int(not set(known) & set(IN_FRAME_C)),
        "charges": int("charges" not in known),
    }
    whole = {name: (len(found), len(found), True) for name in ("f1", "f3", "f4")}
    at_most = {each: (known.get(each, 0), known.get("charges", 0)) for each in ("purchases", "wages")}
    return {
        **whole,
        **{name: (count, 0, count == 0) for name, count in missing.items()},
        **{name: (part, most, part <= most) for name, (part, most) in at_most.items()},
    }
