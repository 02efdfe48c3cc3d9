"""The cells of the demand table, as the macro `heat` draws them."""

from dataclasses import dataclass

STEPS = (1, 5, 10, 20)


@dataclass(frozen=True)
class Cell:
    """Posts beside seats, and what else is to be said of them; `hidden` when the numbers are too small to be shown."""

    posts: int
    seats: int
    url: str = ""
    hidden: bool = False
    note: str = ""

    @property
    def gap(self) -> int:
        """Count the posts without a seat; negative when seats are left over."""
        return self.posts - self.seats

    @property
    def surplus(self) -> int:
        """Count the seats left over."""
        return max(-self.gap, 0)

    @property
    def step(self) -> int:
        """Give the heat from 0 to 4; none for hidden numbers, so that the colour tells nothing."""
        return 0 if self.hidden else sum(self.gap >= floor for floor in STEPS)


@dataclass(frozen=True)
class HeatRow:
    """One skill or occupation and its cells, in the order of the columns; a note under its name."""

    label: str
    detail: str
    cells: tuple[Cell, ...]
    note: str = ""
