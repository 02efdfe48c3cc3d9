"""The window of a need, as the macro `vitrail` draws it: skills by offers, in levels."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pane:
    """What one offer brings to one skill; `upto` when the level reached is only known as an interval."""

    required: int | None
    got: int | None
    upto: int | None = None

    @property
    def state(self) -> str:
        """Name what the pane says: covered, partial, absent, unsure or unasked."""
        got = self.got or 0
        if self.required is None:
            return "unasked" if got else "unsure" if self.upto else "absent"
        if got >= self.required:
            return "covered"
        if self.upto is not None and self.upto > got:
            return "unsure"
        return "partial" if got else "absent"

    @property
    def missing(self) -> int:
        """Count the levels still open."""
        return max((self.required or 0) - (self.got or 0), 0)


@dataclass(frozen=True)
class Row:
    """One skill of the need and what each offer brings to it, in the order of the offers."""

    skill: str
    essential: bool
    required: int | None
    panes: tuple[Pane, ...]

    @property
    def rest(self) -> Pane:
        """Give the pane of the first offer, or an empty one: what stays open is read from it."""
        return self.panes[0] if self.panes else Pane(self.required, None)


@dataclass(frozen=True)
class Offer:
    """The head of one column: a pathway or a course."""

    title: str
    detail: str
    advised: bool = False


@dataclass(frozen=True)
class Column(Offer):
    """An offer with the number of skills it covers, all and essential."""

    covered: int = 0
    essential: int = 0


@dataclass(frozen=True)
class Window:
    """The whole drawing; the first offer is the one whose rest is shown."""

    offers: tuple[Offer, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        """Count the skills of the need."""
        return len(self.rows)

    @property
    def essential(self) -> int:
        """Count the essential skills of the need."""
        return sum(row.essential for row in self.rows)

    @property
    def open_essential(self) -> int:
        """Count the essential skills that the first offer leaves open."""
        return sum(row.essential and row.rest.state != "covered" for row in self.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give each offer with what it covers."""
        return tuple(self._column(place, offer) for place, offer in enumerate(self.offers))

    def _column(self, place: int, offer: Offer) -> Column:
        covered = [row for row in self.rows if row.panes[place].state == "covered"]
        return Column(
            offer.title,
            offer.detail,
            offer.advised,
            covered=len(covered),
            essential=sum(row.essential for row in covered),
        )
