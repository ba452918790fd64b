"""An act that took effect rests on a document that counted between the two parties."""

from collections.abc import Iterator, Mapping

from tongban.channels.descriptors import Descriptor
from tongban.core.agreements.document import Agreement, Document, Instrument
from tongban.core.agreements.events import AgreementDeposited, AgreementSigned, InstrumentCited
from tongban.core.agreements.signature import NoteVerifier, read_signature
from tongban.core.entry import BasisKind, Event
from tongban.core.words import Words
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.notes import parse_note, verify_note
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.citations import basis_document
from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.report import Problem


def check_bases(bundle: Examination) -> Iterator[Problem]:
    """Each clause stands in a document that all parties signed, or that was cited.

    Whether the clause granted the act is what the addressee's outcome decided.
    """
    documents = {d: basis_document(data) for d, data in bundle.contents.documents.items()}
    signers = set(_signers(bundle))
    cited = set(_cited(bundle))
    for line in bundle.lines:
        if bundle.about_case(line) and line.took_effect:
            for flaw in _flaws(line, documents, signers, cited):
                yield Problem.of(
                    "basis_unfounded",
                    zh=f"第 {line.number} 条的依据不成立：{flaw.zh}。",
                    en=f"The basis of entry {line.number} is unfounded: {flaw.en}.",
                )


def _flaws(
    line: Line,
    documents: Mapping[str, Document | None],
    signers: set[tuple[str, str, str]],
    cited: set[str],
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
        yield from _unsigned(line, digest, document, signers)
    elif digest not in cited:
        yield Words(
            zh="包内没有双方援引该文件的记录", en="no entry cites the instrument between the two"
        )


def _unsigned(
    line: Line, digest: str, agreement: Agreement, signers: set[tuple[str, str, str]]
) -> Iterator[Words]:
    for name in sorted({line.place.log.writer, line.place.log.reader} - agreement.nodes):
        yield Words(zh=f"{name} 不是协议的一方", en=f"{name} is no party to the agreement")
    for party in agreement.parties:
        if (digest, party.node, party.office.zh) not in signers:
            yield Words(
                zh=f"包内没有 {party.node} 对协议的有效签名",
                en=f"no valid signature of {party.node} under the agreement is in the bundle",
            )


def _cited(bundle: Examination) -> Iterator[str]:
    for line in bundle.lines:
        if isinstance(line.entry.event, InstrumentCited) and line.took_effect:
            yield line.entry.event.document


def _signers(bundle: Examination) -> Iterator[tuple[str, str, str]]:
    """Document, party and office of each valid signature, which is good wherever it stands."""
    verify = _verifier(bundle.nodes)
    for line in bundle.lines:
        for party, note in _notes(line.entry.event):
            words = read_signature(note, party, verify)
            if words is not None:
                yield words.document, words.party, words.office


def _notes(event: Event) -> Iterator[tuple[str, str]]:
    """Parties and their signatures, brought one by one or all at once by a depositary."""
    if isinstance(event, AgreementSigned):
        yield event.party, event.note
    elif isinstance(event, AgreementDeposited):
        yield from ((line.party, line.note) for line in event.enclosed)


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
