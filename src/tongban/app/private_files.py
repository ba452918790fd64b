"""Files that their owner alone may read."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from tongban.app.outputs import check_output


def write_private(path: Path, content: bytes) -> None:
    """Write the file wholly or not at all, durable when this returns; an older one is replaced.

    Raises OSError, naming the file as it was given, and OutputInUse.
    """
    check_output(path)
    target = path.resolve()
    draft = target.with_name(f".{target.name}.draft")
    try:
        if target.exists() and not target.is_file():
            # Replacing a device or a folder is never what was meant.
            raise FileExistsError(errno.EEXIST, "is no plain file")
        _write(draft, content)
        draft.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
