"""One-sided record (单方记录): what a keeper signs for a government without a node of its own.

spec/descriptors.md, "Kept nodes".
"""

from tongban.core.body import Body
from tongban.core.entry import Actor, ActorKind, Entry
from tongban.core.words import Words

#: Name of the body with the paper on which an act of a kept node rests (原件).
PAPER = "paper"
#: Why an application is read that goes to a guest by post; readers see it in words.
PACKET_PURPOSE = "guest_packet"
#: Why the papers of a guest are read that its keeper hands over; readers see it in words.
HAND_OVER_PURPOSE = "guest_hand_over"
#: What an office sends by post or by mail: a scan, or a filled-in Word or Excel file.
PAPER_MEDIA = frozenset(
    {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


def marked(title: Words, kept_by: str) -> Words:
    """A node's name for people, with the mark of a one-sided record where another keeps it."""
    if not kept_by:
        return title
    return Words(
        zh=f"{title.zh}（单方记录，由 {kept_by} 代管）",
        en=f"{title.en} (one-sided record, kept by {kept_by})",
    )


def needs_paper(actor: Actor) -> bool:
    """Whether somebody acted in the guest's name; systems and applicants act in their own."""
    return actor.kind is ActorKind.OFFICER


def has_paper(bodies: tuple[Body, ...]) -> bool:
    """Whether a paper of a kind that people can open is among what comes with an act."""
    return any(body.name == PAPER and body.media in PAPER_MEDIA and body.content for body in bodies)


def lacks_paper(entry: Entry) -> bool:
    """Whether the entry is somebody's act in a guest's name and commits to no paper."""
    return needs_paper(entry.actor) and not has_paper_line(entry)


def has_paper_line(entry: Entry) -> bool:
    """Whether the entry commits to a paper."""
    return any(line.name == PAPER for line in entry.commitments)
