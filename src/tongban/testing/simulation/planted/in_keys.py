"""What changing keys may not do (spec/channels.md, "Keys")."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_GENERATIONS = "tongban.node.generations"

IN_KEYS: Sequence[Bug] = (
    Bug(
        name="statements_are_signed_under_the_newest_keys",
        module="tongban.node.signing",
        before="signer = kernel.identity.signer.of(statement.keys)",
        after="signer = kernel.identity.signer",
        rule="A crash signs the same bytes again, under the keys that were stated.",
        breaks="What was written before a rotation and signed after it is nobody's.",
    ),
    Bug(
        name="the_channel_goes_on_after_a_rotation",
        module=_GENERATIONS,
        before="""    _announce(work, log, newest)
    begin_again(work, peer)
    return True""",
        after="""    return True""",
        rule="A rotation is the last entry of its generation, and a start.",
        breaks="Entries after it are signed under keys that were said to be old.",
    ),
    Bug(
        name="a_rotation_is_not_remembered_by_the_reader",
        module="tongban.node.arrivals",
        before="        if arrival.rotation is not None:\n",
        after="        if arrival.rotation is not None and not arrival.segment.first:\n",
        rule="A reader takes a generation after a rotation under the new keys only.",
        breaks="The reader refuses what the new keys sign.",
    ),
    Bug(
        name="a_message_is_signed_under_the_newest_keys_only",
        module="tongban.node.conversation",
        before="earlier=self._kernel.identity.signer.earlier,",
        after="",
        rule="A message is signed under the earlier keys too.",
        breaks="A partner that was restored to before a rotation never hears of it.",
    ),
)
