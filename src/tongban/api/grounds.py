"""Why the connector does not record a fact, in words for whoever runs the connected system."""

from collections.abc import Mapping
from enum import StrEnum

from tongban.core.grounds import words_for
from tongban.core.refusal import Refusal, Remedy
from tongban.core.words import GroundWords, ground_words


class ConnectorGround(StrEnum):
    """Grounds of the connector alone; whatever the case itself refuses comes from core."""

    INSTANT_UNREADABLE = "instant_unreadable"
    INSTANT_WITHOUT_OFFSET = "instant_without_offset"
    DOCUMENT_UNREADABLE = "document_unreadable"
    KEY_USED_BEFORE = "key_used_before"


def refuse(ground: ConnectorGround, detail: str = "") -> Refusal:
    """The refusal; whoever sent the fact can mend it."""
    return Refusal(ground=ground, remedies=(Remedy.MEND_AND_RETRY,), detail=detail)


def words_of(ground: str) -> GroundWords:
    """Words of a ground, the connector's own or core's."""
    return _WORDS.get(ground) or words_for(ground)


_NOT_RECORDED = ("这一条没有记录。", "This fact was not recorded.")
_SEND_AGAIN = ("请改正后用同一个键再报一次。", "Mend it and report it again under the same key.")

_WORDS: Mapping[str, GroundWords] = {
    ConnectorGround.INSTANT_UNREADABLE: ground_words(
        what=_NOT_RECORDED,
        why=(
            "办理时间不是 2000 年以后的有效时间。",
            "The time of the act is no time after the year 2000 that can be read.",
        ),
        then=(
            "请按 2026-11-23T09:30:00.000+08:00 的写法填写，再用同一个键报一次。",
            "Write it as 2026-11-23T09:30:00.000+08:00 and report it again under the same key.",
        ),
    ),
    ConnectorGround.INSTANT_WITHOUT_OFFSET: ground_words(
        what=_NOT_RECORDED,
        why=(
            "办理时间没有写时区，别的地方不知道是哪一刻。",
            "The time of the act has no offset, so nobody elsewhere knows which instant it is.",
        ),
        then=(
            "请在末尾加上时区，如 +08:00，再用同一个键报一次。",
            "Add the offset, such as +08:00, and report it again under the same key.",
        ),
    ),
    ConnectorGround.DOCUMENT_UNREADABLE: ground_words(
        what=_NOT_RECORDED,
        why=("随附的文书无法解码。", "A document that came with it cannot be decoded."),
        then=_SEND_AGAIN,
    ),
    ConnectorGround.KEY_USED_BEFORE: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这个键以前报的是另一条内容，那一条仍然有效。",
            "Another fact was reported under this key before, and it stands.",
        ),
        then=(
            "如果这是另一件事，请换一个键；如果要更正，请报一条新的。",
            "If this is another fact, choose another key; to correct one, report a new one.",
        ),
    ),
}
