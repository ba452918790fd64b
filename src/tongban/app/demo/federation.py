"""Nine nodes set up, started, introduced to each other, with agreements and people."""

import time
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import yaml

from tongban.app.control import NodeStopped, ask
from tongban.app.demo.cities import BEHIND_THE_GATEWAY, City, cities
from tongban.app.demo.databases import DatabaseKind, running_server
from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.demo.people import DemoPerson, people
from tongban.app.demo.ports import check_free
from tongban.app.demo.processes import Child, stop_all, wait_until_ready
from tongban.app.demo.watch import Watch
from tongban.app.demo.workplace import LOGS, claimed, make_private
from tongban.app.initialise import initialise
from tongban.app.settings import Folder, SettingsUnreadable, read_settings
from tongban.catalogue import load_agreements, load_instruments, load_items
from tongban.catalogue.regulation import load_standards
from tongban.core.agreements.authority import REPRESENTATIVE, AgreementKind
from tongban.core.agreements.document import Agreement, Document, document_bytes, document_digest
from tongban.core.items.standard import standard_document
from tongban.node.clock import SystemClock
from tongban.node.randomness import SystemRandomness

if TYPE_CHECKING:
    from tongban.testing.postgresql_cluster import PostgresqlCluster

_READY_SECONDS = 60.0

#: The name under which the stand-in of the approval system reports.
STAND_IN = "芜湖审批系统（演示）"
FERRY = "The gateway's ferry"

#: Told what is happening, for a person who waits.
Tell = Callable[[str], None]

#: Numbers of every city's papers, by office: of whom the city's word is (法定代表人身份证明书), and
#: the written authorisation (授权委托书) of its agreement officers.
_MADE_UP_PAPERS = {"FR-DEMO-1": REPRESENTATIVE, "WT-DEMO-1": "agreement_officer"}


@dataclass(frozen=True, kw_only=True, slots=True)
class LogIn:
    """A one-time link and whose it is."""

    person: DemoPerson
    link: str


class Federation:
    """The demonstration's processes in a folder, which it has to itself from entering to leaving.

    Entering raises DemonstrationStopped where another demonstration is at work in the folder;
    leaving stops all processes. only: names of the nodes that take part; where it is empty, all
    nine do. database: where the nodes keep theirs. passing: nothing of it is kept.
    """

    def __init__(
        self,
        root: Path,
        port: int,
        tell: Tell,
        only: Collection[str] = (),
        *,
        database: DatabaseKind = DatabaseKind.SQLITE,
        passing: bool = False,
    ) -> None:
        self.root = root
        self._port = port
        self._database = database
        self._passing = passing
        self._server: PostgresqlCluster | None = None
        self.cities = {city.node: city for city in cities(root, port, only)}
        self._tell = tell
        self.nodes = {city.node: _node_child(city) for city in self.cities.values()}
        self._ferry = _ferry_child(root, self.cities.values())
        self._stand_in: Child | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as held:
            held.enter_context(claimed(self.root))
            if self._database is DatabaseKind.POSTGRES:
                self._server = held.enter_context(self._running_server())
            self._held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        with self._held:
            stop_all(self.children().values())

    def children(self) -> dict[str, Child]:
        """Every process under the name that people know."""
        found = {self.cities[node].place.short.zh: child for node, child in self.nodes.items()}
        found[FERRY] = self._ferry
        if self._stand_in is not None:
            found[STAND_IN] = self._stand_in
        return found

    def watch(self) -> Watch:
        """What starts each of the processes again that ends by itself."""
        return Watch(self.children(), self._tell)

    def set_up(self) -> None:
        """Make the folders of nodes that are not there yet.

        Raises DemonstrationStopped before it makes any, where a port is taken, or the folder is
        that of a demonstration on other ports.
        """
        clock, randomness = SystemClock(), SystemRandomness()
        for city in map(self._placed, self.cities.values()):
            if city.folder.exists():
                self._check_made(city)
        check_free(self.cities.values())
        for city in map(self._placed, self.cities.values()):
            make_private(city.box)
            if not city.folder.exists():
                if self._server is not None:
                    # A folder that was removed left its schema behind.
                    self._server.empty_schema(city.database)
                initialise(
                    city.folder,
                    city.settings(),
                    now=clock.now(),
                    draw=randomness.draw,
                    suite=city.suite,
                )

    def start(self) -> None:
        """Start the gateway's ferry and every node, and wait until each answers."""
        self._ferry.start()
        for child in self.nodes.values():
            child.start()
        for node in self.cities:
            self.await_node(node)
            self._tell(f"{self.cities[node].place.short.zh} {self.cities[node].address}")

    def await_node(self, node: str) -> None:
        """Wait until a node that was started answers; raises ChildFailed."""
        wait_until_ready(self.nodes[node], lambda: self._answers(node), _READY_SECONDS)

    def introduce(self) -> None:
        """Every two nodes exchange descriptors and compare fingerprints, as operators would."""
        shown = {node: self.ask(node, "peer.show") for node in self.cities}
        known = {node: {p["name"] for p in self.ask(node, "peer.list")} for node in self.cities}
        for one, other in combinations(self.cities, 2):
            for here, there in ((one, other), (other, one)):
                if there not in known[here]:
                    self.ask(here, "peer.add", **_introduction(shown[there]))
        self._wait_for("lines", lambda: all(self._lines_open(node) for node in self.cities))

    def authorise(self) -> None:
        """Let agreement officers sign on their pages from now on, under a paper that is made up."""
        for node in self.cities:
            self._authorise(node)

    def agree(self) -> int:
        """Lay the shipped agreements before their parties and let each sign; how many stand."""
        agreements = [each for each in load_agreements() if each.nodes <= self.cities.keys()]
        for agreement in agreements:
            self._conclude(agreement)
        self._wait_for("agreements", lambda: self._all_in_force(agreements))
        return len(agreements)

    def cite(self) -> None:
        """Let the shipped instruments count between every two cities."""
        texts = [_as_text(instrument) for instrument in load_instruments()]
        for one, other in combinations(self.cities, 2):
            standing = self.ask(one, "agreement.list")
            known = {line["document"] for line in standing if line["partner"] == other}
            for instrument, text in zip(load_instruments(), texts, strict=True):
                if document_digest(instrument) not in known:
                    self.ask(one, "agreement.cite", text=text, partner=other)

    def standardise(self) -> None:
        """The first city, where the joint office sits, publishes the made-up common standards."""
        office = next(iter(self.cities))
        known = {line["number"] for line in self.ask(office, "standard.list")}
        for standard in load_standards():
            if standard.number not in known:
                text = standard_document(standard).decode()
                self.ask(office, "standard.publish", text=text, dry_run=False, unknown_code=False)

    def share(self) -> None:
        """Every city opens all its items to all, and waits until its partners know them."""
        for node in self.cities:
            self.ask(node, "item.open", items=[])
        self._wait_for("catalogues", lambda: all(self._shared(node) for node in self.cities))

    def _shared(self, node: str) -> bool:
        lines = self.ask(node, "catalogue.list")
        known = [line for line in lines if line["partner"] in self.cities]
        return all(line["told"] and line["heard"] and not line["unconfirmed"] for line in known)

    def invite(self) -> list[LogIn]:
        """Make the accounts of the demonstration's people, each with a one-time link."""
        found = []
        for person in people(self.cities.values()):
            made = self.ask(person.city.node, "person.add", **person.arguments)
            found.append(LogIn(person=person, link=made["link"]))
        return found

    def ask(self, node: str, operation: str, **arguments: Any) -> Any:
        """An operator's command at one of the nodes."""
        return ask(self.cities[node].folder, operation, arguments)

    def connect_stand_in(self) -> None:
        """Give the stand-in access to the city's cases, and start it."""
        city = self.cities[BEHIND_THE_GATEWAY]
        organisations = sorted({item.organisation.code for item in load_items(city.key)})
        known = self.ask(city.node, "connector.list")
        if any(line["system"] == STAND_IN and not line["revoked"] for line in known):
            # The demonstration is going on in its old folder, and a token is shown only once.
            self.ask(city.node, "connector.revoke", system=STAND_IN)
        given = self.ask(city.node, "connector.issue", system=STAND_IN, organisation=organisations)
        self._start_stand_in(given["token"])

    def _start_stand_in(self, token: str) -> None:
        """Start the stand-in for the approval system of the city behind the gateway."""
        city = self.cities[BEHIND_THE_GATEWAY]
        token_file = city.folder / "stand-in-token"
        token_file.touch(mode=0o600)
        token_file.write_text(token, encoding="ascii")
        self._stand_in = Child(
            "approval stand-in",
            [
                "tongban.testing.approval_stand_in",
                "--url",
                city.address,
                "--token-file",
                str(token_file),
                "--state",
                str(self.root / "approval-stand-in.json"),
            ],
            self.root / LOGS / "approval-stand-in.log",
        )
        self._stand_in.start()

    def _running_server(self) -> "AbstractContextManager[PostgresqlCluster]":
        return running_server(None if self._passing else self.root)

    def _placed(self, city: City) -> City:
        """The city with where its database lies."""
        if self._server is None:
            return city
        return replace(city, database=self._server.schema_address(city.key))

    def _check_made(self, city: City) -> None:
        try:
            made = read_settings(Folder(city.folder))
        except SettingsUnreadable as fault:
            raise DemonstrationStopped(
                f"{city.folder} was only half made; remove {self.root} and start again"
            ) from fault
        wanted = city.settings()
        if made.database != wanted.database:
            raise DemonstrationStopped(
                f"the nodes in {self.root} were made with their databases elsewhere; start with "
                "the same --database again, name another --folder, or remove the folder: nothing "
                "in it is real"
            )
        if (made.pages, made.door) != (wanted.pages, wanted.door):
            first = made.pages.port - city.pages_port + self._port
            raise DemonstrationStopped(
                f"the nodes in {self.root} were made for the ports from {first} on, which their "
                f"partners know; start with --port {first} again, or remove the folder: nothing "
                "in it is real"
            )

    def _answers(self, node: str) -> bool:
        """Whether our own child answers, and none that was there before it."""
        try:
            return bool(self.ask(node, "status")["parent"] == self.nodes[node].pid)
        except (ConnectionError, NodeStopped):
            return False

    def _lines_open(self, node: str) -> bool:
        status = self.ask(node, "status")
        return bool(status["open"] == status["peers"])

    def _authorise(self, node: str) -> None:
        known = {paper["number"] for paper in self.ask(node, "agreement.authorisations")}
        for number in sorted(_MADE_UP_PAPERS.keys() - known):
            self.ask(
                node,
                "agreement.authorise",
                number=number,
                office=_MADE_UP_PAPERS[number],
                kinds=sorted(AgreementKind),
                from_day="",
                until_day="2035-12-31",
            )

    def _conclude(self, agreement: Agreement) -> None:
        digest = document_digest(agreement)
        first, *others = sorted(agreement.nodes)
        known = {line["document"] for line in self.ask(first, "agreement.list")}
        if digest in known:
            return
        text = _as_text(agreement)
        self.ask(first, "agreement.import", text=text)
        self.ask(first, "agreement.sign", document=digest)
        for other in others:
            self._wait_for("an offer", partial(self._holds, other, digest))
            self.ask(other, "agreement.sign", document=digest)

    def _holds(self, node: str, digest: str) -> bool:
        return any(line["document"] == digest for line in self.ask(node, "agreement.list"))

    def _all_in_force(self, agreements: Iterable[Agreement]) -> bool:
        for agreement in agreements:
            for node in agreement.nodes:
                standing = {
                    line["document"]: line["in_force"] for line in self.ask(node, "agreement.list")
                }
                if not standing.get(document_digest(agreement)):
                    return False
        return True

    def _wait_for(self, what: str, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not ready():
            if time.monotonic() > deadline:
                raise DemonstrationStopped(
                    f"waited {_READY_SECONDS:g} seconds for {what} in vain. If the machine is "
                    f"busy, try again when it is not; else see what {self.root / LOGS} says"
                )
            time.sleep(0.1)


def _as_text(document: Document) -> str:
    """A document as an operator's file has it."""
    return yaml.safe_dump(yaml.safe_load(document_bytes(document)), allow_unicode=True)


def _introduction(shown: dict[str, Any]) -> dict[str, str]:
    return {"descriptor": shown["descriptor"], "fingerprint": shown["fingerprint"]}


def _node_child(city: City) -> Child:
    arguments = ["tongban.app.cli", "serve", "--folder", str(city.folder)]
    return Child(city.node, arguments, city.folder.parent / LOGS / f"{city.key}.log")


def _ferry_child(root: Path, every: Iterable[City]) -> Child:
    routes = [part for city in every for part in ("--route", f"{city.node}={city.box}")]
    return Child("ferry", ["tongban.app.cli", "ferry", *routes], root / LOGS / "ferry.log")
