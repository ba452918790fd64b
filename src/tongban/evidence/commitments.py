"""Commitments to contents that travel, and may be erased, apart from the log."""

from tongban.evidence.suite import Suite

SALT_BYTES = 32


def commit(suite: Suite, salt: bytes, content: bytes) -> bytes:
    """H(salt ‖ content); the salt is 32 fresh random bytes and is erased with the content."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return suite.digest(salt + content)


def opens(suite: Suite, commitment: bytes, salt: bytes, content: bytes) -> bool:
    """Whether salt and content are what was committed to."""
    return len(salt) == SALT_BYTES and suite.digest(salt + content) == commitment
