"""Whole cities for tests of pages: real nodes whose entries and read models share one database.

Each city is wired as the composition root wires it, on a file of its own; Django, which knows one
database, is pointed at the city that is about to act.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import translation

from tongban.accounts.models import Organisation, Person
from tongban.accounts.people import NewPerson, register
from tongban.accounts.roles import Role
from tongban.app.django_database import DjangoDatabase
from tongban.catalogue import load_agreements, load_places
from tongban.channels.keepers import Keeper
from tongban.channels.quota import Meter, Quota
from tongban.core.agreements.commands import Offer, Sign
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.body import Body
from tongban.core.entry import Actor, ActorKind
from tongban.core.one_sided import PAPER
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.node import Node
from tongban.pages.node_access import Surroundings, surround
from tongban.projections.projector import DjangoProjector
from tongban.testing.applications import HANGZHOU, LEGAL_REPRESENTATIVE, SUZHOU, publish
from tongban.testing.memory_nodes import MemoryFederation

AGREEMENT_OFFICER = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="A1")
#: What a guest sent by post.
GUEST_PAPER = Body(name=PAPER, media="application/pdf", content=b"%PDF made up")
_QUOTA = Quota(messages=100_000, bytes=10**10, window_seconds=60)


@dataclass(kw_only=True)
class City:
    """One node with its pages and people."""

    name: str
    path: Path
    federation: "Federation"
    node: Node = field(init=False)

    @property
    def place(self) -> str:
        return next(place.code for place in load_places() if place.node == self.name)

    def act(self) -> "City":
        """From here on Django's pages and tables are this city's."""
        point_django_at(self.path)
        surround(
            Surroundings(
                node=self.node,
                clock=self.node.kernel.clock,
                calendar=self.node.kernel.calendar,
                randomness=self.node.kernel.randomness,
                places=load_places(),
                here=(self.place,),
                keeper_of=self.node.kernel.keeper_of,
                sides_of=self.node.records.of_case,
            )
        )
        return self

    def person(self, username: str, role: Role, *, organisation: str = "") -> Person:
        """A made-up officer of the city, entered on first use."""
        self.act()
        office = None
        if organisation:
            office, _ = Organisation.objects.get_or_create(
                code=organisation, defaults={"name_zh": "演示单位", "name_en": "Demonstration"}
            )
        new = NewPerson(
            username=username,
            display_name=username,
            roles=frozenset({role}),
            organisation=office,
        )
        return register(new)

    def browser(self, person: Person | None = None) -> "Browser":
        """A browser in this city; person: whoever is logged in."""
        browser = Browser(city=self)
        if person is not None:
            self.act()
            browser.force_login(person)
        return browser


class Browser(Client):
    """Django's test client at one city's pages, in Chinese until asked otherwise."""

    def __init__(self, *, city: City, **defaults: Any) -> None:
        super().__init__(headers={"accept-language": "zh-hans"}, **defaults)
        self.city = city

    def request(self, **request: Any) -> Any:
        """One request at the city."""
        self.city.act()
        with translation.override("zh-hans"):
            return super().request(**request)


class CityDatabase(DjangoDatabase):
    """The production database on one city's file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A transaction of this city."""
        point_django_at(self._path)
        with super().write() as lent:
            yield lent

    @contextmanager
    def read(self) -> Iterator[Any]:
        """A look at this city."""
        point_django_at(self._path)
        with super().read() as lent:
            yield lent


@dataclass(kw_only=True)
class Federation:
    """Cities that know each other; `settle` lets them talk until nobody has news.

    keepers: of those that are kept for a guest, by name.
    """

    folder: Path
    names: tuple[str, ...]
    keepers: Mapping[str, Keeper] = field(default_factory=dict)
    memory: MemoryFederation = field(init=False)
    cities: dict[str, City] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.names:
            shutil.copyfile(_migrated(), self._path(name))
        self.memory = MemoryFederation(self.folder, self.names, keepers=self.keepers)
        for name in self.names:
            self.cities[name] = City(name=name, path=self._path(name), federation=self)
            self.restart(name)
        publish(self.memory)
        self.settle()

    def __getitem__(self, name: str) -> City:
        return self.cities[name]

    def restart(self, name: str) -> None:
        """Start the node again, on Django's connection and with read models."""
        memory = self.memory.nodes[name]
        library = memory.node.kernel.library
        projector = DjangoProjector(library.item, library.agreement, memory.node.kernel.calendar)
        kernel = replace(
            memory.node.kernel, database=CityDatabase(self._path(name)), projectors=(projector,)
        )
        memory.node = Node(kernel, Meter(quota=_QUOTA))
        memory.node.start()
        self.cities[name].node = memory.node

    def settle(self) -> None:
        """Let every letter arrive."""
        self.memory.settle()

    def cut(self, one: str, other: str) -> None:
        """Nothing passes between the two any more."""
        self.memory.cut |= {(one, other), (other, one)}

    def mend(self) -> None:
        """Every line is whole again."""
        self.memory.cut.clear()

    def republish(self) -> None:
        """Let every node know the catalogue again, as a start of the product does."""
        publish(self.memory)

    def sign(self, one: str, other: str, text: Agreement | None = None) -> Agreement:
        """Put an agreement between two cities into force, the demonstration's if none is given."""
        agreement = text or next(a for a in load_agreements() if a.nodes == {one, other})
        digest, data = document_digest(agreement), document_bytes(agreement)
        for name in (one, other):
            with self[name].node.kernel.database.write() as lent:
                self[name].node.kernel.library.put(lent, data)
        offer = Offer(document=digest, actor=AGREEMENT_OFFICER, bodies=self._papers(one))
        _done(self[one].node.execute(offer, partner=other))
        self.settle()
        for name, partner in ((one, other), (other, one)):
            _done(self[name].node.execute(self._signature(agreement, name), partner=partner))
            self.settle()
        return agreement

    def _signature(self, agreement: Agreement, name: str) -> Sign:
        kernel = self[name].node.kernel
        office = next(party.office.zh for party in agreement.parties if party.node == name)
        digest = document_digest(agreement)
        text = signing_text(digest, name, office, kernel.clock.now())
        note = encode_note(sign_note(text, name=key_name(name), signer=kernel.identity.signer))
        return Sign(
            document=digest,
            actor=LEGAL_REPRESENTATIVE,
            bodies=self._papers(name),
            party=name,
            note=note.decode(),
        )

    def _papers(self, name: str) -> tuple[Body, ...]:
        return (GUEST_PAPER,) if name in self.keepers else ()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.db"


@contextmanager
def suzhou_and_hangzhou(
    folder: Path,
    keepers: Mapping[str, Keeper] = MappingProxyType({}),
    text: Agreement | None = None,
) -> Iterator[Federation]:
    """The two with an agreement in force, their pages in Chinese; keepers: as in Federation."""
    with leaving_django_where_it_was(), translation.override("zh-hans"):
        cities = Federation(folder=folder, names=(SUZHOU, HANGZHOU), keepers=keepers)
        cities.sign(SUZHOU, HANGZHOU, text)
        yield cities


def point_django_at(path: Path) -> None:
    """Let Django's one connection lead to this file."""
    if connections[DEFAULT_DB_ALIAS].settings_dict["NAME"] != str(path):
        connections[DEFAULT_DB_ALIAS] = _connection_to(str(path))


@contextmanager
def leaving_django_where_it_was() -> Iterator[None]:
    """In this thread Django leads to its own database again afterwards."""
    before = connections[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
        for opened in _opened_here().values():
            opened.close()
        _opened_here().clear()


#: A connection belongs to the thread that opened it.
_opened = threading.local()


def _opened_here() -> dict[str, BaseDatabaseWrapper]:
    here: dict[str, BaseDatabaseWrapper] = _opened.__dict__.setdefault("by_name", {})
    return here


def _connection_to(name: str) -> BaseDatabaseWrapper:
    if name not in _opened_here():
        own = connections.create_connection(DEFAULT_DB_ALIAS)
        own.settings_dict = {**own.settings_dict, "NAME": name}
        _opened_here()[name] = own
    return _opened_here()[name]


@cache
def _migrated() -> Path:
    """A file with Django's tables and nothing in them, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix=f"tongban-cities-{os.getpid()}-"))
    path = folder / "empty.db"
    point_django_at(path)
    call_command("migrate", verbosity=0)
    connections[DEFAULT_DB_ALIAS].close()
    return path


def _done(answer: object) -> None:
    if isinstance(answer, Refusal):
        pytest.fail(answer.ground)
