"""What the demonstration's counter clerks do at the workbench, page by page."""

from collections.abc import Mapping

from tongban.app.demo.papers import paper
from tongban.app.demo.visitor import PageUnexpected, Visitor
from tongban.core.items.item import Item
from tongban.core.items.material import Material, Necessity


def take_in(clerk: Visitor, item: Item, answers: Mapping[str, str]) -> str:
    """Fill in an intake and take it in; the case's number."""
    fill_in(clerk, item, answers)
    return send(clerk)


def fill_in(clerk: Visitor, item: Item, answers: Mapping[str, str]) -> None:
    """Choose city and item, check person and originals, scan; all of it is kept as a draft."""
    clerk.open(f"/desk/intake/?city={item.place}")
    clerk.press(f"/intake/items/{item.code}/")
    wanted = [m for m in item.materials if m.necessity is Necessity.REQUIRED]
    clerk.press(
        "person_check",
        values={
            **answers,
            "person_check": "id_card_seen",
            "delivery": "counter",
            **{f"form-{material.code}": _form_of(material) for material in wanted},
        },
        uploads={f"scan-{material.code}": paper(material.code) for material in wanted},
    )
    if not clerk.path.endswith("/check/"):
        raise PageUnexpected(f"{clerk.path} did not take the intake: {clerk.summary()}")


def send(clerk: Visitor) -> str:
    """Take in what was filled in, from the page on which it is checked; the case's number."""
    clerk.press("/take-in/")
    if not clerk.path.endswith("/receipt/"):
        raise PageUnexpected(f"no receipt, but {clerk.path}: {clerk.summary()}")
    return clerk.path.split("/")[-3]


def bring_correction(clerk: Visitor, case: str, item: Item, codes: list[str]) -> None:
    """Scan what the correction list asks for, and send it."""
    clerk.open(f"/desk/cases/{case}/correction/")
    wanted = [material for material in item.materials if material.code in codes]
    clerk.press(
        values={f"form-{material.code}": _form_of(material) for material in wanted},
        uploads={f"scan-{material.code}": paper(f"{material.code} mended") for material in wanted},
    )
    if clerk.path.endswith("/correction/"):
        raise PageUnexpected(f"the correction was not taken: {clerk.summary()}")


def hand_over_result(clerk: Visitor, case: str) -> None:
    """Check the person and hand over the result."""
    clerk.open(f"/desk/cases/{case}/delivery/")
    clerk.press(values={"person_check": "id_card_seen"})
    if clerk.path.endswith("/delivery/"):
        raise PageUnexpected(f"the result was not handed over: {clerk.summary()}")


def _form_of(material: Material) -> str:
    return "original_seen" if material.original_check else "electronic"
