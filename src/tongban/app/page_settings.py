"""What the composition root decides about the pages, carried to Django in the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "TONGBAN_PAGES_"


class SettingsMissing(Exception):
    """Pages were started without their settings; start them through the `tongban` command."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSettings:
    """Where the pages keep things and whom they answer; children inherit it by environment.

    database: the SQLite file shared with the kernel. secret_key_file: signs cookies and forms, at
    least 50 characters. data_key_file: at least 32 random bytes; what seals names and drafts at
    rest is derived from them, so who loses this file loses both.
    https: cookies travel over https alone; off only where pages are served on 127.0.0.1.
    """

    database: Path
    secret_key_file: Path
    data_key_file: Path
    allowed_hosts: tuple[str, ...]
    https: bool = True
    demo: bool = False

    def environment(self) -> dict[str, str]:
        """What to put into os.environ before Django is set up."""
        return {
            f"{_PREFIX}DATABASE": str(self.database),
            f"{_PREFIX}SECRET_KEY_FILE": str(self.secret_key_file),
            f"{_PREFIX}DATA_KEY_FILE": str(self.data_key_file),
            f"{_PREFIX}ALLOWED_HOSTS": ",".join(self.allowed_hosts),
            f"{_PREFIX}HTTPS": "1" if self.https else "0",
            f"{_PREFIX}DEMO": "1" if self.demo else "0",
        }

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "PageSettings":
        """The same settings in a child process; raises SettingsMissing naming the first gap."""
        return cls(
            database=Path(_required(environ, "DATABASE")),
            secret_key_file=Path(_required(environ, "SECRET_KEY_FILE")),
            data_key_file=Path(_required(environ, "DATA_KEY_FILE")),
            allowed_hosts=tuple(_required(environ, "ALLOWED_HOSTS").split(",")),
            https=_required(environ, "HTTPS") == "1",
            demo=_required(environ, "DEMO") == "1",
        )


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(_PREFIX + name)
    if not value:
        raise SettingsMissing(f"{_PREFIX}{name} is not set; start the pages with `tongban serve`")
    return value
