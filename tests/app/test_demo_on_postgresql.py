"""The demonstration's nodes on one PostgreSQL, which keeps what they stored between two starts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ports import free_base

from tongban.app.demo import databases
from tongban.app.demo.databases import DatabaseKind, running_server
from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.demo.federation import Federation

CITY = "hefei.g60.demo"


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a path as short as a socket wants it."""
    place = Path("/tmp/tongban-demo-test")  # noqa: S108 - short
    place.mkdir(mode=0o711, exist_ok=True)
    monkeypatch.setattr(databases, "_SERVERS", place)
    yield place
    shutil.rmtree(place)


@pytest.mark.xdist_group("journeys")
def test_what_a_node_stored_is_there_when_the_demonstration_goes_on(
    tmp_path: Path, servers: Path
) -> None:
    port, server = free_base(), DatabaseKind.POSTGRES
    with Federation(tmp_path, port, print, only=[CITY], database=server) as federation:
        federation.set_up()
        federation.start()
        federation.authorise()
        papers = federation.ask(CITY, "agreement.authorisations")
        assert papers
    with Federation(tmp_path, port, print, only=[CITY], database=server) as federation:
        federation.set_up()
        federation.start()
        assert federation.ask(CITY, "agreement.authorisations") == papers
    assert len(list(servers.iterdir())) == 1
    assert not (tmp_path / "hefei/tongban.db").exists()
    on_files = Federation(tmp_path, port, print, only=[CITY])
    with on_files, pytest.raises(DemonstrationStopped, match="same --database"):
        on_files.set_up()


def test_a_machine_without_a_server_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "find_spec", lambda _name: None)
    with pytest.raises(DemonstrationStopped, match="make demo DB=postgres"), running_server(None):
        pass
