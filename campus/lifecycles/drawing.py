"""Draw the machines: docs/lifecycles.md is what this module writes, and nothing else."""

from __future__ import annotations

from campus.lifecycles import MACHINES
from campus.lifecycles.machine import NEW, SAME, Machine, Transition

HEAD = """# Lifecycles

Each machine is one table in `campus/lifecycles/`; services look every step up there and refuse the rest. This page is
written from the tables by `campus docs lifecycles`, and a test compares them: change the table, then run the command.

Who may: *person* is the one whom the application is about, *firm* somebody of the organisation concerned, *staff* and
*trainer* the campus, *service* the clock or a step that follows from another.
"""


def page() -> str:
    """Write docs/lifecycles.md: a diagram and a table for each machine."""
    return HEAD + "".join(f"\n{section(machine)}" for machine in MACHINES)


def section(machine: Machine) -> str:
    """Write the part of one machine."""
    lines = [f"## {machine.title}", "", f"`{machine.name}`", "", "```mermaid", *diagram(machine), "```", ""]
    lines += ["| from | verb | to | who may | guard | effects | mail | audit |", "|---|---|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(_row(each) for each in machine.rows)]) + "\n"


def diagram(machine: Machine) -> list[str]:
    """Draw one machine as a mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for row in machine.rows:
        for start in row.starts:
            here = "[*]" if start == NEW else start
            lines.append(f"    {here} --> {start if row.ends == SAME else row.ends} : {row.verb}")
    return lines + [f"    {state} --> [*]" for state in machine.states if state in machine.ends]


def _row(row: Transition) -> str:
    starts = ", ".join(start or "(new)" for start in row.starts)
    ends = "(stays)" if row.ends == SAME else row.ends
    who, effects = ", ".join(row.who), ", ".join(row.effects)
    return "| " + " | ".join((starts, f"**{row.verb}**", ends, who, row.guard, effects, row.mail, row.audit)) + " |"
