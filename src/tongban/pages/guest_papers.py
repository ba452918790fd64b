"""The paper on which an act rests that an officer records for a guest (单方记录).

spec/descriptors.md, "Kept nodes".
"""

from django.contrib import messages
from django.http import HttpRequest

from tongban.core.body import Body
from tongban.core.one_sided import PAPER
from tongban.pages.node_access import surroundings
from tongban.pages.places import served_places
from tongban.pages.uploads import NotTaken, take

#: Name of the field in templates/pages/parts/guest_paper.html.
FIELD = "guest-paper"


def keeper_here() -> str:
    """The node that keeps this one for a guest now, "" for a node of its own."""
    return surroundings().keeper_of(served_places()[0].node)


def papers_of(request: HttpRequest) -> tuple[Body, ...]:
    """The paper that was uploaded with the act; none where none came, or none was needed.

    Why one could not be taken is said on the page, and the node refuses the act without it.
    """
    upload = request.FILES.get(FIELD)
    if upload is None or not keeper_here():
        return ()
    taken = take(upload, large=False)
    if isinstance(taken, NotTaken):
        messages.error(request, taken.words)
        return ()
    return (Body(name=PAPER, media=taken.media, content=taken.content),)
