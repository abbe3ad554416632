"""The one error type of the tool: what went wrong, and what the reader can do about it."""


class DeriveError(Exception):
    """A failure that ends the run with exit code 1.

    The message is one line that names the cause; `advice`, where there is some, is a second line
    that says what to do.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n  {self.advice}" if self.advice else self.message
