"""What every layer may raise."""


class Refused(Exception):
    """A rule says no."""

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
