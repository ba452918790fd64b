"""A run over the rules: each is judged once, and what a node breaks counts under its own rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tongban.conformance.acts import take_leave
from tongban.conformance.line import OutOfTime
from tongban.conformance.rule import Deviation, Differs, Finding, Judgement, NotReached, Rule
from tongban.conformance.talk import Talk


@dataclass(slots=True)
class Examination:
    """Judges rules in order; known: every rule that there is."""

    talk: Talk
    known: Sequence[Rule]
    _found: dict[str, Finding] = field(default_factory=dict)

    def run(self, asked: Sequence[Rule]) -> list[Finding]:
        """A finding for each rule that was asked for, and for each other one that was broken."""
        try:
            for rule in asked:
                if rule.id not in self._found:
                    self._judge(rule)
        finally:
            take_leave(self.talk)
        return [self._found[rule.id] for rule in self.known if rule.id in self._found]

    def _judge(self, rule: Rule) -> None:
        try:
            self._note(rule, Judgement.PASSED, rule.probe(self.talk))
        except Differs as differs:
            self._note(rule, Judgement.FAILED, str(differs))
        except Deviation as deviation:
            self._deviated(rule, deviation)
        except NotReached as reason:
            self._note(rule, Judgement.NOT_REACHED, str(reason))
        except OutOfTime:
            self._note(rule, Judgement.NOT_REACHED, "the time of this run was used up")

    def _deviated(self, rule: Rule, deviation: Deviation) -> None:
        broken = next(each for each in self.known if each.id == deviation.rule)
        before = self._found.get(broken.id)
        if before is None or before.judgement is not Judgement.FAILED:
            # Once is enough, also where the same was right before.
            self._note(broken, Judgement.FAILED, str(deviation))
        if broken is not rule:
            self._note(rule, Judgement.NOT_REACHED, f"the node broke {broken.id} on the way")

    def _note(self, rule: Rule, judgement: Judgement, seen: str) -> None:
        self._found[rule.id] = Finding(rule=rule, judgement=judgement, seen=seen)


def conforms(findings: Sequence[Finding]) -> bool:
    """Whether every rule passed."""
    return all(finding.judgement is Judgement.PASSED for finding in findings)
