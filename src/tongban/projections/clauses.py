"""The chip that says on what basis somebody acts, with the clause in words."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext

from tongban.core.agreements.document import Agreement, Document
from tongban.core.entry import Basis, BasisKind
from tongban.pages.components import BasisChip
from tongban.pages.node_access import current_node
from tongban.pages.words import said

_SHOWN_DIGEST = 10


def chip_for(basis: Basis | None) -> BasisChip | None:
    """The chip of a basis; None for what an authority does in its own power."""
    kind = _BASES.get(basis.kind) if basis else None
    return kind(basis) if kind and basis else None


def _own_right(_basis: Basis) -> BasisChip:
    return BasisChip(
        label=gettext("本人申请"),
        words=(gettext("任何人都可以直接向有权机关申请；没有协议、协议到期都不影响这项权利。"),),
    )


def _clause(basis: Basis) -> BasisChip:
    return _chip(basis, gettext("协议%(version)s §%(clause)s"))


def _instrument(basis: Basis) -> BasisChip:
    return _chip(basis, gettext("清单 §%(clause)s"))


def _chip(basis: Basis, label: str) -> BasisChip:
    digest, clause = basis.document or "", basis.clause or ""
    document = current_node().document(digest)
    version = _version(document) if document else ""
    words = tuple(_in_words(document, clause)) if document else ()
    print_of_it = gettext("文件指纹 %(digest)s…") % {
        "digest": digest.split(":")[-1][:_SHOWN_DIGEST]
    }
    named = label % {"version": version, "clause": clause}
    return BasisChip(label=named, words=(*words, print_of_it))


def _in_words(document: Document, number: str) -> Iterator[str]:
    yield gettext("%(title)s（%(number)s）") % {
        "title": said(document.title),
        "number": f"{document.number}{_version(document)}",
    }
    clause = document.clause(number)
    if clause is not None:
        yield f"§{clause.number} {said(clause.title)}"
        yield said(clause.text)


def _version(document: Document) -> str:
    return f" v{document.version}" if isinstance(document, Agreement) else ""


_BASES: Mapping[BasisKind, Callable[[Basis], BasisChip]] = {
    BasisKind.OWN_RIGHT: _own_right,
    BasisKind.CLAUSE: _clause,
    BasisKind.INSTRUMENT: _instrument,
}
