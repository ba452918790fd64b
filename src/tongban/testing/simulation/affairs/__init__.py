"""What officers have to do with each other besides cases and texts of two, one kind a file.

They come in some worlds only and by a chance of their own, so that all others stay what they were.
"""

from collections.abc import Mapping

from tongban.testing.simulation.affairs import (
    alliances,
    dates,
    inquiries,
    items,
    midnight,
    papers,
    rules,
    stale_texts,
)
from tongban.testing.simulation.deeds import Deed

AFFAIRS: Mapping[str, Deed] = {
    "alliance": alliances.ally,
    "inquiry": inquiries.inquire,
    "rule": rules.issue,
    "held_over_midnight": midnight.hold_over,
    "effective_date": dates.begin,
    "vanished_item": items.vanish,
    "stale_text": stale_texts.sign_what_was_not_agreed,
    "paper": papers.sign_by_paper,
}
