"""What goes wrong."""


class Failure(Exception):
    """Something could not be measured; the message says what."""
