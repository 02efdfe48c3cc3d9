"""Courses to create, in words: groups, levels, steps to extend a course, and the columns of the file."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from campus.exchange.tables import Column
from campus.lifecycles.commitment import ABOUT_NEEDS
from campus.planning.creation import Wanted
from campus.planning.extension import Step
from campus.planning.quarters import Quarter, ends_of
from campus.queries.creation import GroupSeen
from campus.web.commitment_words import STEPS
from campus.web.demand_tables import quarter_name

SHOWN = 3


def heading(seen: GroupSeen) -> str:
    """Name a group by its first skills, and say how many others it holds."""
    labels = [seen.skills[line.skill] for line in seen.group.skills]
    more = len(labels) - SHOWN
    first = " · ".join(labels[:SHOWN])
    return first if more <= 0 else _("%(skills)s et %(others)s", skills=first, others=_others(more))


def _others(count: int) -> str:
    return ngettext("%(num)s autre", "%(num)s autres", count)


def levels(line: Wanted) -> str:
    """Say which levels are asked, each with its posts."""
    return ", ".join(
        _("niveau %(level)s : %(posts)s", level=level, posts=_posts(posts))
        if level
        else _("niveau non précisé : %(posts)s", posts=_posts(posts))
        for level, posts in sorted(line.levels.items(), reverse=True)
    )


def _posts(count: int) -> str:
    return ngettext("%(num)s poste", "%(num)s postes", count)


def taught(line: Wanted) -> str:
    """Say from which level a course would lead to which."""
    if line.reached:
        return _("du niveau %(start)s au niveau %(end)s", start=line.reached, end=line.exit)
    return _("jusqu'au niveau %(end)s", end=line.exit)


def extension(seen: GroupSeen, step: Step) -> str:
    """Say what one skill asks of the nearest course."""
    label = seen.skills[step.skill]
    if step.taught:
        return _(
            "mener « %(skill)s » du niveau %(start)s au niveau %(end)s", skill=label, start=step.taught, end=step.wanted
        )
    return _("ajouter « %(skill)s » jusqu'au niveau %(end)s", skill=label, end=step.wanted)


def steps(seen: GroupSeen) -> list[tuple[str, int]]:
    """Give the steps of commitment that posts have come to, each with its posts."""
    return [(str(STEPS[step]), seen.steps[step]) for step in ABOUT_NEEDS if seen.steps[step]]


def every_step(seen: GroupSeen) -> list[tuple[str, str]]:
    """Give every step of commitment with its posts, those without any too."""
    return [(str(STEPS[step]).capitalize(), _posts(seen.steps[step])) for step in ABOUT_NEEDS]


def by_quarter(seen: GroupSeen, columns: Sequence[Quarter]) -> list[tuple[Quarter, int]]:
    """Give the quarters in which posts are wanted, each with its posts."""
    figures = seen.group.by_column(ends_of(columns))
    return [(quarter, posts) for quarter, posts in zip(columns, figures, strict=True) if posts]


def quarters_said(seen: GroupSeen, columns: Sequence[Quarter]) -> str:
    """Say when posts are wanted."""
    return ", ".join(f"{quarter_name(quarter)} ({posts})" for quarter, posts in by_quarter(seen, columns))


def occupations_said(seen: GroupSeen, most: int) -> str:
    """Name the occupations concerned, each with its posts, and count the rest."""
    first = ", ".join(f"{label} ({posts})" for label, posts in seen.occupations[:most])
    more = len(seen.occupations) - most
    return first if more <= 0 else _("%(skills)s et %(others)s", skills=first, others=_others(more))


def file_columns(columns: Sequence[Quarter]) -> list[Column[GroupSeen]]:
    """List the columns of the file, one row a group; firms are counted, never named."""
    ends = ends_of(columns)
    return [
        Column(_("Compétences à enseigner"), lambda seen: " ; ".join(_skill(seen, line) for line in seen.group.skills)),
        Column(_("Nombre de compétences"), lambda seen: len(seen.group.skills)),
        Column(_("Postes"), lambda seen: seen.group.posts),
        *[
            Column(_("Postes, %(step)s", step=STEPS[step]), lambda seen, step=step: seen.steps[step])
            for step in ABOUT_NEEDS
        ],
        Column(_("Besoins"), lambda seen: len(seen.group.needs)),
        Column(_("Entreprises"), lambda seen: seen.group.firms),
        *[
            Column(
                _("%(quarter)s, postes", quarter=quarter_name(quarter)),
                lambda seen, place=place: seen.group.by_column(ends)[place],
            )
            for place, quarter in enumerate(columns)
        ],
        Column(_("Métiers"), lambda seen: occupations_said(seen, len(seen.occupations))),
        Column(_("Formation la plus proche"), lambda seen: seen.nearest.title if seen.nearest else None),
        Column(
            _("Part de la demande qu'elle apporte, sur cent"),
            lambda seen: seen.nearest.extension.percent if seen.nearest else None,
        ),
        Column(_("Ce qu'il faudrait y ajouter"), _to_add),
        Column(_("Brouillon"), lambda seen: seen.draft.title if seen.draft else None),
    ]


def _skill(seen: GroupSeen, line: Wanted) -> str:
    return f"{seen.skills[line.skill]} ({taught(line)})"


def _to_add(seen: GroupSeen) -> str | None:
    if seen.nearest is None:
        return None
    return " ; ".join(extension(seen, step) for step in seen.nearest.extension.steps)
