"""What the demonstration's residents do at the portal, page by page."""

from collections.abc import Mapping

from tongban.app.demo.papers import paper
from tongban.app.demo.visitor import PageUnexpected, Visitor
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity

_STEPS_MAX = 40


def apply_online(resident: Visitor, item: Item, words: str, answers: Mapping[str, str]) -> str:
    """Search in plain words, choose the item, fill in, upload, check, send; the case's number."""
    prepare(resident, item, words, answers)
    return send(resident)


def prepare(resident: Visitor, item: Item, words: str, answers: Mapping[str, str]) -> None:
    """Everything up to the page that shows once more what will be sent."""
    resident.open("/")
    resident.open(f"/search/?q={words}&there={item.place}")
    resident.follow(f"/items/{item.code}/")
    resident.press("/apply/")
    _fill_in(resident, item, answers)


def send(resident: Visitor) -> str:
    """Press the last button; the case's number."""
    resident.press("/send/")
    if not resident.path.endswith("/receipt/"):
        raise PageUnexpected(f"no receipt, but {resident.path}: {resident.summary()}")
    return resident.path.split("/")[-3]


def rate(resident: Visitor, case: str, grade: str, words: str) -> None:
    """Rate a case in a word and a sentence."""
    resident.open(f"/cases/{case}/rating/")
    resident.press("grade", values={"grade": grade, "words": words})


def _fill_in(resident: Visitor, item: Item, answers: Mapping[str, str]) -> None:
    for _ in range(_STEPS_MAX):
        if "/step/" in resident.path:
            before = resident.path
            asked = resident.form("").values.keys() | resident.form("").choices.keys()
            resident.press(values={name: answers[name] for name in asked if name in answers})
            if resident.path == before:
                raise PageUnexpected(f"{before} did not take the answers: {resident.summary()}")
        elif "/materials/" in resident.path:
            _upload(resident, item)
        else:
            return
    raise PageUnexpected(f"the form of {item.code} has no end")


def _upload(resident: Visitor, item: Item) -> None:
    wanted = [material for material in item.materials if material.necessity is Necessity.REQUIRED]
    fields = resident.form("").files
    uploads = {
        field: paper(material.code)
        for material in wanted
        for field in fields
        if material.code in field
    }
    before = resident.path
    resident.press(uploads=uploads)
    if resident.path == before:
        raise PageUnexpected(f"{before} did not take the materials: {resident.summary()}")
