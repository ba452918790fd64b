"""What a run found, for programs and for people."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tongban.channels.descriptors import Descriptor, fingerprint
from tongban.conformance.examination import conforms
from tongban.conformance.rule import Finding, Judgement
from tongban.conformance.runner import Runner


def as_json(runner: Runner, node: Descriptor, findings: Sequence[Finding]) -> dict[str, Any]:
    """Everything, under names that programs may rely on."""
    return {
        "node": node.name,
        "fingerprint": fingerprint(node),
        "runner": runner.name,
        "suite": runner.suite_name,
        "conforms": conforms(findings),
        "rules": [
            {
                "rule": finding.rule.id,
                "document": f"spec/{finding.rule.document}",
                "section": finding.rule.heading,
                "judgement": finding.judgement.value,
                "asks_zh": finding.rule.asks.zh,
                "asks_en": finding.rule.asks.en,
                "seen": finding.seen,
            }
            for finding in findings
        ],
    }


def rows(findings: Sequence[Finding]) -> list[list[str]]:
    """A line for each rule: the judgement, its id, where it stands."""
    return [[_JUDGED[each.judgement], each.rule.id, each.rule.section] for each in findings]


def details(findings: Sequence[Finding]) -> list[str]:
    """What was asked for where it failed, what was seen instead, and what to read; why not more."""
    lines: list[str] = []
    for each in findings:
        if each.judgement is Judgement.FAILED:
            lines += [
                "",
                f"{each.rule.id} {_JUDGED[each.judgement]}",
                f"  应当 expected  {each.rule.asks.zh}",
                f"                 {each.rule.asks.en}",
                f"  所见 seen      {each.seen}",
                f"  请读 read      spec/{each.rule.document}, “{each.rule.heading}”",
            ]
    return [*lines, *_not_reached(findings)]


def _not_reached(findings: Sequence[Finding]) -> list[str]:
    """Each reason once, with the rules that it kept from being looked at."""
    reasons: dict[str, list[str]] = {}
    for each in findings:
        if each.judgement is Judgement.NOT_REACHED:
            reasons.setdefault(each.seen, []).append(each.rule.id)
    return [
        line
        for reason, ids in reasons.items()
        for line in ("", f"{_JUDGED[Judgement.NOT_REACHED]}: {reason}", f"  {', '.join(ids)}")
    ]


def summary(findings: Sequence[Finding]) -> str:
    """The run in one line."""
    found = Counter(finding.judgement for finding in findings)
    counts = ", ".join(f"{_JUDGED[each]} {found[each]}" for each in Judgement)
    verdict = "符合规范 · conforms" if conforms(findings) else "不符合规范 · does not conform"
    return f"{verdict}: {counts}"


_JUDGED = {
    Judgement.PASSED: "符合 passed",
    Judgement.FAILED: "不符合 failed",
    Judgement.NOT_REACHED: "未查到 not reached",
}
