"""What each document says, as values: a template of templates/documents/ prints them and nothing else.

Days and times come as words of the reader's language, so that a value kept today reads the same in ten years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every document carries: its number and version, the day, and where it can be verified."""

    number: str
    version: int
    issued_on: str
    code: str
    address: str
    locale: str = "fr"


@dataclass(frozen=True, slots=True)
class Party:
    """A person or a body: a name, and the lines under it (address, SIRET, declaration number)."""

    name: str
    lines: tuple[str, ...] = ()
    signatory: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line, printed as it is: strong, stressed, both or neither."""

    text: str
    strong: bool = False
    stressed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: a paragraph, or an item of a list; in pieces where some of it is strong or stressed."""

    text: str
    item: bool = False
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Teaching:
    """What is taught, when and where; `hours` is the whole length, None when not known."""

    course: str
    objectives: tuple[Line, ...] = ()
    content: tuple[Line, ...] = ()
    prerequisites: tuple[Line, ...] = ()
    hours: int | None = None
    modality: Literal["on_site", "mixed", "remote"] = "on_site"
    certification: str = ""
    starts_on: str = ""
    ends_on: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A skill of the course: level at the entry (0: none asked) and at the exit, 1 to 4."""

    skill: str
    entry_level: int
    exit_level: int


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid and how; an empty text prints a line to fill in by hand."""

    amount: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """One time of the call-up: a day in words, its hours, its room."""

    day: str
    hours: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half-day of an attendance sheet."""

    day: str
    hours: str
    room: str = ""
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a trainee reached in a skill, 0 to 4; None when it was not assessed."""

    skill: str
    exit_level: int
    reached: int | None
    assessor: str = ""
    assessed_on: str = ""


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A skill that a need asks for; without a level when the firm does not know it."""

    skill: str
    level: int | None
    essential: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """The base of all documents: who issues it."""

    template: ClassVar[str]
    campus: Party


@dataclass(frozen=True, slots=True)
class Programme(Paper):
    """The programme of a course."""

    template = "programme"
    teaching: Teaching
    outcomes: tuple[Outcome, ...] = ()
    occupations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Convention(Paper):
    """The agreement with a firm that sends people."""

    template = "convention"
    teaching: Teaching
    firm: Party
    seats: int
    people: tuple[str, ...] = ()
    price: Price = Price()


@dataclass(frozen=True, slots=True)
class Contract(Paper):
    """The contract with a person who pays for themselves."""

    template = "contract"
    teaching: Teaching
    person: Party
    seats: int
    price: Price = Price()


@dataclass(frozen=True, slots=True)
class CallUp(Paper):
    """The call-up of a person to a session, with the way there; `more` half-days follow those that are listed."""

    template = "call_up"
    teaching: Teaching
    person: str
    times: tuple[When, ...] = ()
    more: int = 0
    directions: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceSheet(Paper):
    """The sheet that people sign, one page a half-day."""

    template = "attendance_sheet"
    teaching: Teaching
    half_days: tuple[HalfDay, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Certificate(Paper):
    """What was done, for whom, for how many hours (in words, "" when not counted)."""

    template = "certificate"
    teaching: Teaching
    person: str
    firm: str = ""
    hours: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Attestation(Paper):
    """What a person learnt, skill by skill."""

    template = "attestation"
    teaching: Teaching
    person: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class LetterOfIntent(Paper):
    """A firm's word that it means to fill posts: step 3 of the ladder of commitment."""

    template = "letter_of_intent"
    firm: Party
    reference: str
    title: str
    occupation: str
    posts: int
    earliest: str = ""
    latest: str = ""
    place: str = ""
    skills: tuple[SkillAsked, ...] = ()
