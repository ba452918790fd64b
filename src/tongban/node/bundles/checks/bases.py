"""An act that took effect rests on a document that counted between the two parties."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongban.channels.descriptors import Descriptor
from tongban.core.agreements.deposits import is_founded
from tongban.core.agreements.document import Agreement, Document, Instrument
from tongban.core.agreements.events import AgreementDeposited, DepositStep, InstrumentCited
from tongban.core.agreements.signature import NoteVerifier, read_signature
from tongban.core.entry import BasisKind
from tongban.core.words import Words
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.notes import parse_note, verify_note
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.citations import basis_document, signatures_in
from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.report import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """What the bundle shows of documents.

    signers: document, party and office of valid signatures. cited: instruments that count between
    the two. concluded: agreements of many parties that the depositary says all have signed.
    """

    signers: frozenset[tuple[str, str, str]]
    cited: frozenset[str]
    concluded: frozenset[str]


def check_bases(bundle: Examination) -> Iterator[Problem]:
    """Each clause stands in a document that all parties signed, or that was cited.

    Whether the clause granted the act is what the addressee's outcome decided.
    """
    documents = {d: basis_document(data) for d, data in bundle.contents.documents.items()}
    found = _Found(
        signers=frozenset(_signers(bundle)),
        cited=frozenset(_cited(bundle)),
        concluded=frozenset(_concluded(bundle, documents)),
    )
    for line in bundle.lines:
        if bundle.about_case(line) and line.took_effect:
            for flaw in _flaws(line, documents, found):
                yield Problem.of(
                    "basis_unfounded",
                    zh=f"第 {line.number} 条的依据不成立：{flaw.zh}。",
                    en=f"The basis of entry {line.number} is unfounded: {flaw.en}.",
                )


def _flaws(
    line: Line,
    documents: Mapping[str, Document | None],
    found: _Found,
) -> Iterator[Words]:
    basis = line.entry.basis
    if basis is None or basis.kind is BasisKind.OWN_RIGHT:
        return
    digest = basis.document or ""
    document = documents.get(digest)
    kind = Agreement if basis.kind is BasisKind.CLAUSE else Instrument
    if not isinstance(document, kind):
        yield Words(
            zh="包内没有它所援引的协议或文件", en="the document that it cites is not in the bundle"
        )
        return
    if document.clause(basis.clause or "") is None:
        yield Words(zh=f"文件没有第 {basis.clause} 条", en=f"there is no clause {basis.clause}")
    if isinstance(document, Agreement):
        yield from _unsigned(line, digest, document, found)
    elif digest not in found.cited:
        yield Words(
            zh="包内没有双方援引该文件的记录", en="no entry cites the instrument between the two"
        )


def _unsigned(line: Line, digest: str, agreement: Agreement, found: _Found) -> Iterator[Words]:
    for name in sorted({line.place.log.writer, line.place.log.reader} - agreement.nodes):
        yield Words(zh=f"{name} 不是协议的一方", en=f"{name} is no party to the agreement")
    for party in agreement.parties:
        if (digest, party.node, party.office.zh) not in found.signers:
            yield Words(
                zh=f"包内没有 {party.node} 对协议的有效签名",
                en=f"no valid signature of {party.node} under the agreement is in the bundle",
            )
    if agreement.is_deposited and digest not in found.concluded:
        yield Words(
            zh=f"包内没有保存方 {agreement.depositary} 关于协议成立的有效记录",
            en=f"no valid word of the depositary {agreement.depositary} that all signed it is here",
        )


def _concluded(bundle: Examination, documents: Mapping[str, Document | None]) -> Iterator[str]:
    """Agreements of many parties of which the depositary says that all have signed."""
    verify = _verifier(bundle.nodes)
    for line in bundle.lines:
        event = line.entry.event
        if isinstance(event, AgreementDeposited) and event.step is DepositStep.CONCLUDED:
            document = documents.get(event.document)
            if isinstance(document, Agreement) and is_founded(document, event, verify):
                yield event.document


def _cited(bundle: Examination) -> Iterator[str]:
    for line in bundle.lines:
        if isinstance(line.entry.event, InstrumentCited) and line.took_effect:
            yield line.entry.event.document


def _signers(bundle: Examination) -> Iterator[tuple[str, str, str]]:
    """Document, party and office of each valid signature, which is good wherever it stands."""
    verify = _verifier(bundle.nodes)
    for line in bundle.lines:
        for signature in signatures_in(line.entry.event):
            words = read_signature(signature.note, signature.party, verify)
            if words is not None:
                yield words.document, words.party, words.office


def _verifier(nodes: Mapping[str, Descriptor]) -> NoteVerifier:
    def verify(key_name: str, text: str) -> str | None:
        node = nodes.get(key_name.partition("/")[0])
        try:
            note = parse_note(text.encode())
        except UnreadableNote:
            return None
        if node is None:
            return None
        keys = node.verifier_keys(KeyPurpose.LOG, key_name)
        return note.text if any(verify_note(note, [key]) for key in keys) else None

    return verify
