"""`tongban evidence verify`: what a bundle, or a proof of misbehaviour, proves."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tongban.core import canonical
from tongban.core.words import Language
from tongban.evidence.keys import VerifierKey
from tongban.node.bundles.faults import BundleUnreadable, TrustUnreadable
from tongban.node.bundles.narrative import describe
from tongban.node.bundles.report import BundleReport, Problem
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle
from tongban.node.misbehaviour.proof import is_proof_file
from tongban.node.misbehaviour.report import MisbehaviourReport
from tongban.node.misbehaviour.verify import verify_misbehaviour
from tongban.node.misbehaviour.words import describe as describe_misbehaviour

Report = BundleReport | MisbehaviourReport

VERIFIED, NOT_VERIFIED, UNREADABLE = 0, 1, 2
_MEND_TRUST = "mend the trust file, or ask for it again"


def verify_command(path: Path, trust_path: Path | None, *, as_json: bool) -> tuple[int, str]:
    """The exit code (0 verified, 1 not, 2 unreadable) and the report, Chinese before English."""
    try:
        trust = None if trust_path is None else read_trust_file(trust_path)
    except TrustUnreadable as error:
        return UNREADABLE, _unreadable(_no_trust(str(error)), as_json=as_json)
    try:
        report = _verified(path.read_bytes(), trust)
    except OSError as error:
        problem = _no_bundle(f"{error.filename}: {error.strerror}")
        return UNREADABLE, _unreadable(problem, as_json=as_json)
    except BundleUnreadable as error:
        return UNREADABLE, _unreadable(_no_bundle(f"{path}: {error}"), as_json=as_json)
    return VERIFIED if report.verified else NOT_VERIFIED, _shown(report, as_json=as_json)


def _verified(data: bytes, trust: Sequence[VerifierKey] | None) -> Report:
    if is_proof_file(data):
        return verify_misbehaviour(data, trust)
    return verify_bundle(data, trust)


def read_trust_file(path: Path) -> Sequence[VerifierKey]:
    """The keys in a trust file; raises TrustUnreadable, which names the file."""
    try:
        return read_trust(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrustUnreadable(f"{path}: {error.strerror}; {_MEND_TRUST}") from error
    except UnicodeDecodeError as error:
        raise TrustUnreadable(f"{path} is not text; {_MEND_TRUST}") from error
    except TrustUnreadable as error:
        raise TrustUnreadable(f"{path}, {error}; {_MEND_TRUST}") from error


def _shown(report: Report, *, as_json: bool) -> str:
    if as_json:
        return _json(report)
    return "\n".join(_page(report, language) for language in (Language.CHINESE, Language.ENGLISH))


def _page(report: Report, language: Language) -> str:
    if isinstance(report, MisbehaviourReport):
        return describe_misbehaviour(report, language)
    return describe(report, language)


def _no_bundle(reason: str) -> Problem:
    return Problem.of(
        "unreadable",
        zh=f"读不出证据包，什么也没有证明，也没有推翻；请重新索取该文件。原因：{reason}",
        en=f"Unreadable, so nothing is proven or disproven; ask for the file again: {reason}",
    )


def _no_trust(reason: str) -> Problem:
    return Problem.of(
        "trust_unreadable",
        zh=f"读不出可信密钥清单，证据包还没有看；请改正清单，或者重新索取。原因：{reason}",
        en=f"The trust file is unreadable, so the bundle was not looked at: {reason}",
    )


def _unreadable(problem: Problem, *, as_json: bool) -> str:
    if as_json:
        return _json({"verified": False, "case": "", "entries": [], "problems": [problem]})
    return f"{problem.words.zh}\n{problem.words.en}\n"


def _json(value: object) -> str:
    return msgspec.json.format(canonical.encode(value), indent=2).decode() + "\n"
