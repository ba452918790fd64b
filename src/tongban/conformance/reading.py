"""Reading what the node under test says: each flaw belongs to a rule of its own."""

from tongban.channels.descriptors import Descriptor
from tongban.channels.envelopes import open_envelope
from tongban.channels.faults import EnvelopeUnreadable, MessageUnreadable
from tongban.channels.messages import Message, decode_message
from tongban.channels.signed_messages import key_name, open_signed_message
from tongban.conformance.rule import Deviation
from tongban.conformance.runner import Runner
from tongban.evidence.signer import KeyPurpose

#: The only version that the runner's descriptor says it reads.
VERSION = 1


def read_answer(runner: Runner, node: Descriptor, data: bytes) -> Message:
    """The message in an answering envelope; raises Deviation."""
    try:
        sender, signed = open_envelope(data, receiver=runner.name, signer=runner.signer)
    except EnvelopeUnreadable as fault:
        raise Deviation("answers.sealed", str(fault)) from fault
    if sender != node.name:
        raise Deviation("answers.sealed", f"the answering envelope is from {sender}")
    keys = node.verifier_keys(KeyPurpose.LOG, key_name(node.name))
    try:
        plain = open_signed_message(signed, sender=sender, receiver=runner.name, keys=keys)
    except MessageUnreadable as fault:
        raise Deviation("answers.signed", str(fault)) from fault
    return _message(runner, node, plain)


def _message(runner: Runner, node: Descriptor, plain: bytes) -> Message:
    try:
        message = decode_message(plain)
    except MessageUnreadable as fault:
        raise Deviation("answers.readable", str(fault)) from fault
    if (message.sender, message.receiver) != (node.name, runner.name):
        raise Deviation(
            "answers.readable", f"it is from {message.sender} to {message.receiver} inside"
        )
    if message.version != VERSION or message.needed_version() != VERSION:
        raise Deviation(
            "answers.version",
            f"it has version {message.version} and parts of {message.needed_version()}; the "
            f"runner's descriptor reads {VERSION}",
        )
    parts = (message.request, message.answer)
    if any(part is not None and part.start != message.start for part in parts):
        raise Deviation("answers.readable", "the message and its parts name different starts")
    return message
