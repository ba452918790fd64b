"""Sets Django up for one node and lets its pages work with that node."""

import os
from collections.abc import Callable
from typing import Any

from tongban.app.composition import ProjectorsOf
from tongban.app.database_place import look_at
from tongban.app.key_files import Secrets
from tongban.app.page_settings import PageSettings, hand_over
from tongban.app.places_here import places_here, places_of_partners
from tongban.app.settings import Folder, Settings
from tongban.catalogue import load_items, load_places, load_processes, load_providers
from tongban.catalogue.calendar import load_calendar
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.node.node import Node
from tongban.node.ports import Database

Application = Callable[..., Any]


def prepare_pages(
    folder: Folder, settings: Settings, secrets: Secrets
) -> tuple[Application, Database, ProjectorsOf]:
    """The web application, the node's database on Django's connections, and its read models.

    Brings the tables of the pages up to date. Nothing of Django may be imported before. Raises
    DatabaseTooNew, DiskFull or StorageFailed.
    """
    look_at(folder, settings)
    hand_over(
        PageSettings(
            database=folder.database,
            server=settings.database,
            secret_key=secrets.page_secret,
            data_key=secrets.signer.data_key,
            allowed_hosts=settings.pages.hosts,
            https=settings.profile != "demo",
            demo=settings.profile == "demo",
            search_by_meaning=settings.pages.search_by_meaning,
        )
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "tongban.app.django_settings"
    # Django reads its settings when it is first imported, so the imports come after them.
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    from tongban.app.page_transactions import transactions_on  # noqa: PLC0415

    wsgi = get_wsgi_application()
    from tongban.app.page_tables import migrate_pages  # noqa: PLC0415

    migrate_pages()
    from tongban.projections.projector import DjangoProjector  # noqa: PLC0415

    return (
        wsgi,
        transactions_on(settings.database),
        lambda library: (DjangoProjector(library.item, library.agreement, load_calendar()),),
    )


def publish_catalogue(node: Node) -> None:
    """Offer the shipped items that this node decides; withdraw what ships no more.

    What an officer of this node published takes the place of what ships under the same code.
    Partners' items come from the partners.
    """
    own = node.own.recall()
    taken = {item.code for item in own}
    shipped = [item for place in load_places() for item in _items_of(place, node.name)]
    items = [*(item for item in shipped if item.code not in taken), *own]
    node.published.publish(items, load_processes().values())
    gone = {row.item for row in node.published.standing()} - {item.code for item in items}
    if gone:
        node.published.withdraw(gone)


def _items_of(place: Place, node: str) -> tuple[Item, ...]:
    return load_items(place.node.partition(".")[0]) if place.node == node else ()


def show_node(node: Node, settings: Settings) -> None:
    """Let every page of this process work with the node."""
    from tongban.pages.node_access import Surroundings, surround  # noqa: PLC0415

    kernel = node.kernel
    surround(
        Surroundings(
            node=node,
            clock=kernel.clock,
            calendar=kernel.calendar,
            randomness=kernel.randomness,
            places=places_here(settings),
            here=settings.jurisdictions,
            providers=load_providers(),
            keeper_of=kernel.keeper_of,
            sides_of=node.records.of_case,
            partner_places=places_of_partners(kernel.peers),
            file_bytes_max=settings.pages.file_megabytes * 1_000_000,
        )
    )
