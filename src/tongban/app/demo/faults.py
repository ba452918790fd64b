"""What can stop the demonstration."""


class DemonstrationStopped(Exception):
    """It cannot go on; the message says why, and what to do before it is started again."""
