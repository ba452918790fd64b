"""The only place that draws randomness."""

import os


class SystemRandomness:
    """The machine's source of unpredictable bytes."""

    def draw(self, count: int) -> bytes:
        """`count` fresh random bytes."""
        return os.urandom(count)
