"""A server that falls while nodes write: what was acknowledged is there, and nothing else is."""

import threading
from dataclasses import dataclass, field
from itertools import count

from tongban.node.faults import StorageFailed, StorageUncertain
from tongban.node.postgresql_database import PostgresqlDatabase
from tongban.testing.postgresql_cluster import PostgresqlCluster

FALLS = 3


@dataclass
class Writer:
    """A process that writes one number after another and keeps what it was told of each."""

    database: PostgresqlDatabase
    first: int
    stored: list[int] = field(default_factory=list)
    uncertain: list[int] = field(default_factory=list)

    def write(self, stop: threading.Event) -> None:
        for number in count(self.first):
            if stop.is_set() or self.uncertain:
                break
            self.insert(number)

    def insert(self, number: int) -> None:
        try:
            with self.database.write() as connection:
                connection.execute("INSERT INTO note VALUES (%s)", (number,))
            self.stored.append(number)
        except StorageUncertain:
            self.uncertain.append(number)
        except StorageFailed:
            # Surely not stored, which the end of the test holds it to.
            threading.Event().wait(0.01)


def fall_and_rise(cluster: PostgresqlCluster, writers: list[Writer]) -> None:
    """Kill the server in the midst of work, and start it; wait until everybody works again."""
    worked = [len(writer.stored) for writer in writers]
    cluster.kill()
    cluster.start()
    pause = threading.Event()
    for writer, before in zip(writers, worked, strict=True):
        while len(writer.stored) < before + 20 and not writer.uncertain:
            pause.wait(0.01)


def test_a_server_that_is_killed_in_mid_commit_loses_nothing_and_makes_nothing_up(
    lonely_cluster: PostgresqlCluster,
) -> None:
    writers = [
        Writer(
            PostgresqlDatabase(lonely_cluster.address, process=f"{n}", ask_seconds=0.5), n * 10**6
        )
        for n in range(3)
    ]
    with writers[0].database.write() as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)")
    stop = threading.Event()
    threads = [threading.Thread(target=writer.write, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    for _ in range(FALLS):
        fall_and_rise(lonely_cluster, writers)
    stop.set()
    for thread in threads:
        thread.join()
    with writers[0].database.read() as connection:
        found = {number for (number,) in connection.execute("SELECT id FROM note")}
    assert found == {number for writer in writers for number in writer.stored}
    assert [writer.uncertain for writer in writers] == [[], [], []]
    for writer in writers:
        writer.database.close()
