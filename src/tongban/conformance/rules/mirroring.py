"""What is looked at all along: the node's own log, its cosignatures and its outcomes."""

from collections.abc import Callable

from tongban.conformance.rule import NotReached, Rule, asks
from tongban.conformance.talk import Talk


def _looked_at(what: str, count: Callable[[Talk], int]) -> Callable[[Talk], str]:
    """Passes where there was something to look at: whatever was wrong failed the rule then."""

    def probe(talk: Talk) -> str:
        number = count(talk)
        if not number:
            raise NotReached(f"no {what} came")
        return f"{number} {what} looked at"

    return probe


_segments = _looked_at("segments", lambda talk: talk.mirror.counted["segments"])
_openings = _looked_at("openings", lambda talk: talk.mirror.counted["openings"])
_entries = _looked_at("entries", lambda talk: talk.mirror.counted["entries"])
_notes = _looked_at("cosigned notes", lambda talk: talk.holdings.counted)
_outcomes = _looked_at("outcomes", lambda talk: talk.outcomes.counted)


def _rule(
    name: str, where: tuple[str, str], zh: str, en: str, probe: Callable[[Talk], str]
) -> Rule:
    return Rule(id=name, document=where[0], heading=where[1], asks=asks(zh, en), probe=probe)


MIRRORING = (
    _rule(
        "log.signed",
        ("channels.md", "Names"),
        "节点自己日志的检查点由其日志密钥以日志之名签名",
        "each checkpoint of the node's log is signed by its log key under the log's own name",
        _segments,
    ),
    _rule(
        "log.root",
        ("evidence.md", "Trees"),
        "检查点的大小和根就是所给记录的",
        "each checkpoint states the size and root of the entries that were given",
        _segments,
    ),
    _rule(
        "log.one_history",
        ("misbehaviour.md", "Contradiction"),
        "同一大小只有一个根，日志只增不改",
        "one size has one root: a log only grows, and its checkpoints never go back",
        _segments,
    ),
    _rule(
        "log.kept",
        ("channels.md", "Starts"),
        "节点不忘记自己签过的日志",
        "the node does not forget what it signed of its own log",
        _segments,
    ),
    _rule(
        "log.opening",
        ("channels.md", "Taking the answer"),
        "每次启动开启新的一代，第一条承诺上一代的末端",
        "a generation begins with generation.opened, which commits to the end of the one before",
        _openings,
    ),
    _rule(
        "log.entries",
        ("entries.md", "Form"),
        "节点写的每条记录都是唯一写法",
        "each entry that the node writes is in its one form",
        _entries,
    ),
    _rule(
        "log.ids",
        ("entries.md", "Members"),
        "节点写的记录的编号严格递增",
        "the ids of the node's entries rise strictly",
        _entries,
    ),
    _rule(
        "log.seen",
        ("channels.md", "Seen"),
        "每条记录说明已见，不超出对方日志，也不后退",
        "each entry says what its writer had seen: nothing that is not there, and never less",
        _entries,
    ),
    _rule(
        "cosignatures.valid",
        ("channels.md", "Holdings and cosignatures"),
        "每份会签在镜像密钥下成立",
        "each note in a holding is cosigned by the node's mirror key under its mirror name",
        _notes,
    ),
    _rule(
        "cosignatures.root",
        ("channels.md", "Holdings and cosignatures"),
        "会签的根就是所写记录的根",
        "the root that is cosigned is the root of what was written",
        _notes,
    ),
    _rule(
        "cosignatures.kept",
        ("channels.md", "Statements"),
        "会签过的，节点一直持有",
        "what the node cosigned it holds",
        _notes,
    ),
    _rule(
        "pushes.taken",
        ("channels.md", "One transaction"),
        "合格的推送整体接收",
        "a push that is right is taken whole",
        _notes,
    ),
    _rule(
        "starts.opens",
        ("channels.md", "Taking the answer"),
        "得到答复的节点打开通道，不再请求对账",
        "a node whose request was answered opens the channel and asks no more",
        _openings,
    ),
    _rule(
        "outcomes.recorded",
        ("channels.md", "Outcome"),
        "每次需要处理结果的推送得到一条处理结果",
        "a push that needs an outcome gets one",
        _outcomes,
    ),
    _rule(
        "outcomes.whole_push",
        ("channels.md", "Outcome"),
        "处理结果从推送的第一条起，到最后一条止",
        "an outcome begins with the push's first entry and ends with its last",
        _outcomes,
    ),
    _rule(
        "outcomes.founded",
        ("channels.md", "Who decides what is allowed"),
        "处理结果前后相接，只拒绝其范围内的，各有一个理由",
        "outcomes continue each other, and refuse only what they decide, once and with a ground",
        _outcomes,
    ),
    _rule(
        "outcomes.instants",
        ("channels.md", "Who decides what is allowed"),
        "可取得的时刻不晚于收到的时刻",
        "available_at is not later than received_at",
        _outcomes,
    ),
)
