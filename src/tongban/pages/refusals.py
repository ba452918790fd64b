"""A Refusal as a page shows it: what happened, why, and the doors that stay open."""

from collections.abc import Iterator

from django.utils.translation import gettext

from tongban.core.grounds import REMEDY_WORDS, words_for
from tongban.core.items.contacts import is_web_address
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal, Remedy
from tongban.pages.components import Door, RefusalView
from tongban.pages.words import said


def refusal_view(refusal: Refusal, item: Item | None) -> RefusalView:
    """The refusal in words; with an item, the competent authority's direct way is always named."""
    words = words_for(refusal.ground)
    return RefusalView(
        title=said(words.what),
        why=said(words.why),
        doors=(Door(words=said(words.next)), *_doors(refusal, item)),
    )


def direct_doors(item: Item) -> Iterator[Door]:
    """The competent authority's own channel: site, address, telephone."""
    way = item.direct_way
    yield Door(
        words=gettext("直接向%(authority)s申请：%(address)s，电话 %(phone)s")
        % {
            "authority": said(item.organisation.name),
            "address": said(way.address),
            "phone": way.phone,
        },
        href=way.url if is_web_address(way.url) else "",
    )


def _doors(refusal: Refusal, item: Item | None) -> Iterator[Door]:
    for remedy in refusal.remedies:
        if remedy is not Remedy.DIRECT_APPLICATION:
            yield Door(words=said(REMEDY_WORDS[remedy]))
    if item is not None:
        yield from direct_doors(item)
    elif Remedy.DIRECT_APPLICATION in refusal.remedies:
        yield Door(words=said(REMEDY_WORDS[Remedy.DIRECT_APPLICATION]))
