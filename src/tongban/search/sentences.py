"""Why something is possible from a place or not, in sentences for everybody."""

from collections.abc import Sequence

from tongban.catalogue.acts import Act
from tongban.core.words import Words
from tongban.search.entry import Entry


def own_place(here: Words) -> Words:
    """It is the person's own place that decides."""
    return Words(
        zh=f"这是{here.zh}自己的事，在本地直接办。",
        en=f"{here.en} decides this itself; apply there.",
    )


def online(entry: Entry, there: Words) -> Words:
    """Nobody needs to let the applicant apply online."""
    name = entry.organisation
    return Words(
        zh=f"{name.zh}全程网上办理，不用去{there.zh}。",
        en=f"{name.en} handles it online throughout; nobody needs to travel to {there.en}.",
    )


def counter(here: Words, there: Words, basis: Words) -> Words:
    """A counter here takes it in, and on which basis."""
    return Words(
        zh=f"到{here.zh}的跨省通办窗口交材料，由{there.zh}审批；依据：{basis.zh}。",
        en=(
            f"Hand it in at the cross-province counter of {here.en}; {there.en} decides. "
            f"Basis: {basis.en}."
        ),
    )


def counters(places: Sequence[Words]) -> Words:
    """For somebody who did not say where they are: whose counters take it in."""
    return Words(
        zh=f"在{'、'.join(each.zh for each in places)}的跨省通办窗口可以交材料。",
        en=f"Counters in {', '.join(each.en for each in places)} take it in.",
    )


def clause(title: Words, number: str) -> Words:
    """The clause of an agreement or instrument."""
    return Words(zh=f"《{title.zh}》第 {number} 条", en=f"{title.en}, clause {number}")


def not_open(here: Words, there: Words) -> Words:
    """No counter here may take it in for them."""
    return Words(
        zh=f"{here.zh}还不能替{there.zh}收这件事的材料：没有列入它的协议，也没有公布的文件规定可以代收。",
        en=(
            f"No counter in {here.en} may take this in for {there.en} yet: no agreement lists it, "
            "and no published instrument allows it."
        ),
    )


def another_site(here: Words, there: Words) -> Words:
    """This site does not know what a place that it does not serve may take in."""
    return Words(
        zh=f"{here.zh}的窗口能不能替{there.zh}收材料，要看两地的协议，请到{here.zh}的网站查。",
        en=(
            f"Whether a counter in {here.en} takes this in for {there.en} is for their agreement "
            f"to say; look it up on the site of {here.en}."
        ),
    )


def not_open_anywhere(there: Words) -> Words:
    """No counter anywhere may take it in for them."""
    return Words(
        zh=f"还没有别的地方可以替{there.zh}收这件事的材料。",
        en=f"No counter elsewhere may take this in for {there.en} yet.",
    )


def once_agreed(here: Words, there: Words) -> Words:
    """What would make it possible."""
    return Words(
        zh=f"{there.zh}和{here.zh}在协议里列入这个事项以后，就能在{here.zh}的窗口办。",
        en=f"Once {there.en} and {here.en} list it in an agreement, {here.en} can take it in.",
    )


def acts_asked(acts: Sequence[Act]) -> Words:
    """What the question asks to have done."""
    return Words(
        zh="、".join(act.name.zh for act in acts),
        en=", or ".join(act.name.en for act in acts),
    )


def not_the_same(acts: Sequence[Act]) -> Words:
    """The item is about the thing that was named, and for another act than was asked for."""
    asked = acts_asked(acts)
    return Words(
        zh=f"相近，不是同一件事：您问的是“{asked.zh}”，这一项办的不是。",
        en=f"Near, not the same: you asked about {asked.en}; this item is for something else.",
    )


def not_in_the_list(acts: Sequence[Act]) -> Words:
    """No item does this with the thing that was named; whom to ask."""
    asked = acts_asked(acts)
    return Words(
        zh=f"这里的事项里没有您问的“{asked.zh}”。请打 12345，或者直接问有权办这件事的机关。",
        en=(
            f"No item here is for what you asked about: {asked.en}. "
            "Call 12345, or ask the authority that decides it."
        ),
    )


def direct_way(entry: Entry) -> Words:
    """The competent authority's own way, which no agreement's absence can close."""
    way, name = entry.direct_way, entry.organisation
    return Words(
        zh=f"直接向{name.zh}申请：{way.address.zh}，电话 {way.phone}，{way.url}",
        en=f"Apply directly to {name.en}: {way.address.en}, phone {way.phone}, {way.url}",
    )
