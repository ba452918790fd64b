"""What officers may do besides cases, and what of it all that it concerns come to know."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_FORWARDING = "tongban.core.agreements.forwarding"

IN_AFFAIRS: Sequence[Bug] = (
    Bug(
        name="single_cases_are_decided_without_a_paper",
        module="tongban.core.inquiries.decide",
        before="        refusal = _powerless(known, command, context)\n",
        after="        refusal = None\n",
        breaks="Whoever likes decides a single case, also when his paper is over.",
    ),
    Bug(
        name="anybody_signs",
        module="tongban.core.agreements.decide",
        before="    return signing_refusal(document, command, context.signing)\n",
        after="    return None\n",
        breaks="A city is bound by an officer who may not bind it.",
    ),
    Bug(
        name="withdrawn_answers_count",
        module="tongban.core.inquiries.state",
        before="gone = {line.answer or line.replaces for line in self.lines}",
        after="gone = {line.replaces for line in self.lines}",
        breaks="Officers go by an answer that its author has taken back.",
    ),
    Bug(
        name="steps_are_not_passed_on",
        module=_FORWARDING,
        before="    return names.index(many.me) < names.index(partner)\n",
        after="    return names.index(many.me) > len(names)\n",
        breaks="What the depositary said is in force with it alone, and not between two others.",
    ),
    Bug(
        name="publications_are_not_passed_on",
        module=_FORWARDING,
        before="mine = party == many.me or (told and party != partner)",
        after="mine = party == many.me and not (told and party == partner)",
        breaks="A text that all published stays out of force between two who did not ask a third.",
    ),
    Bug(
        name="signatures_conclude_by_themselves",
        module="tongban.core.agreements.state",
        before="            return self.deposit(DepositStep.CONCLUDED) is not None\n",
        after="            return all(map(self.signed_by, agreement.nodes))\n",
        breaks="A text of many is in force between some while another withdraws from it.",
    ),
    Bug(
        name="who_left_goes_on",
        module="tongban.core.agreements.state",
        before="        return min((line.last_day for line in self.ends), default=None)\n",
        after=(
            "        ends = () if self.deposits else self.ends\n"
            "        return min((line.last_day for line in ends), default=None)\n"
        ),
        breaks="A party that left is still acted for.",
    ),
    Bug(
        name="rules_are_told_once",
        module="tongban.node.rules",
        before="newest_version(state.rules, each.kind, each.number) >= each.version",
        after="newest_version(state.rules, each.kind, each.number) > 0",
        breaks="Partners go by the first version of a standard for ever.",
    ),
    Bug(
        name="what_is_held_back_stays",
        module="tongban.node.desk",
        before="                ready = self._waiting(connection, peer).ready()",
        after="                ready = self._waiting(connection, peer).ready()[:0]",
        breaks="Who came after the last of a day waits for ever.",
    ),
    Bug(
        name="agreements_begin_at_once",
        module="tongban.core.agreements.authorise",
        before="    if day < first:\n",
        after="    if day == date.max:\n",
        breaks="An agreement carries acts before its first day.",
    ),
    Bug(
        name="items_that_are_gone_are_taken",
        module="tongban.core.cases.admit",
        before="    if state is None and withdrawal and withdrawal.stops(before.intake.taken_in_at):\n",
        after="    if state and withdrawal and withdrawal.stops(before.intake.taken_in_at):\n",
        breaks="People wait for a decision on what nobody decides any more.",
    ),
    Bug(
        name="stale_texts_bind",
        module="tongban.core.negotiations.state",
        before="state.closing.by for state in tables if state.closing and state.accepted == document",
        after="state.closing.by for state in tables if state.closing",
        breaks="A city signs a text that was left for another.",
    ),
)
