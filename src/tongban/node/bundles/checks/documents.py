"""Documents are what their digests name; those that effective acts cite are there, and no more."""

from collections.abc import Iterator

from tongban.core import canonical
from tongban.node.bundles.citations import cited_by
from tongban.node.bundles.examination import Examination
from tongban.node.bundles.file_names import document_file
from tongban.node.bundles.report import Problem


def check_documents(bundle: Examination) -> Iterator[Problem]:
    """An act that was refused may have cited a document that nobody has."""
    documents = bundle.contents.documents
    for digest, data in sorted(documents.items()):
        if canonical.digest(data) != digest:
            yield Problem.of(
                "document_differs",
                zh=f"{document_file(digest)} 的内容与其摘要不符。",
                en=f"{document_file(digest)} is not the document that its digest names.",
            )
    for digest in sorted(documents.keys() - _cited(bundle, effective=False)):
        yield Problem.of(
            "document_uncited",
            zh=f"{document_file(digest)} 没有任何记录援引。",
            en=f"{document_file(digest)} is cited by no entry.",
        )
    for digest in sorted(_cited(bundle, effective=True) - documents.keys()):
        yield Problem.of(
            "document_missing",
            zh=f"已生效的记录所援引的文件 {digest} 不在证据包内。",
            en=f"The document {digest}, which an effective act cites, is not in the bundle.",
        )


def _cited(bundle: Examination, *, effective: bool) -> set[str]:
    return {
        digest
        for line in bundle.lines
        if bundle.about_case(line) and (line.took_effect or not effective)
        for digest in cited_by(line.entry)
    }
