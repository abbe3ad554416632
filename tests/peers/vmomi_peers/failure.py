"""What keeps something from being measured."""


class Failure(Exception):
    """Something could not be measured; the message says what, and what to do about it."""
