"""A file that an officer hands in: the document in it, or in words what has to be mended."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext

from tongban.channels.messages import AGREEMENT_BYTES_MAX
from tongban.core.agreements.document import (
    Agreement,
    Document,
    Instrument,
    document_bytes,
    parse_agreement,
    parse_instrument,
)
from tongban.core.agreements.template import Template, parse_template
from tongban.core.faults import CoreFault, DocumentInvalid
from tongban.node.agreement_acts import narrow_partner, partners_of
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

Parsed = TypeVar("Parsed", Agreement, Instrument, Template)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """Where something is wrong, and what; field: path in the document, "" for the whole."""

    field: str
    words: str


def read_agreement(content: bytes) -> Agreement | Mistake:
    """The agreement in a JSON file; this node and its partners must be its parties."""
    found = _read(content, parse_agreement)
    if isinstance(found, Mistake):
        return found
    strangers = next(_strangers(found), None)
    return strangers or found


def read_instrument(content: bytes) -> Instrument | Mistake:
    """The published instrument in a JSON file."""
    return _read(content, parse_instrument)


def read_template_file(content: bytes) -> Template | Mistake:
    """The template in a JSON file."""
    return _read(content, parse_template)


def size_mistake(agreement: Agreement) -> Mistake | None:
    """Why a text that grew is too large for its parties, None where it is not."""
    if len(document_bytes(agreement)) > AGREEMENT_BYTES_MAX:
        return Mistake(field="", words=gettext("文件超过 4 MB，对方收不下；请把长的附件移到别处。"))
    node = whole_node()
    narrow = narrow_partner(node, agreement, partners_of(node, agreement))
    if not narrow:
        return None
    words = gettext("文本超过 1 MB，%(name)s的软件版本较旧，收不下；请拆分，或请对方升级。")
    return Mistake(field="", words=words % {"name": name_of_node(narrow)})


def text_of(document: Document) -> str:
    """The document as a form carries it from one page to the next."""
    return document_bytes(document).decode()


def _read(content: bytes, parse: Callable[[Mapping[str, Any]], Parsed]) -> Parsed | Mistake:
    if not content.strip():
        return Mistake(field="", words=gettext("文件是空的，请重新选择。"))
    if len(content) > AGREEMENT_BYTES_MAX:
        return Mistake(field="", words=gettext("文件超过 4 MB，对方收不下；请把长的附件移到别处。"))
    try:
        return parse(_mapping(content))
    except UnicodeDecodeError:
        return Mistake(field="", words=gettext("文件不是 UTF-8 编码的文字，请另存为 UTF-8。"))
    except UnicodeEncodeError:
        words = gettext("文件里有半个字符（例如 \\ud800），不是文字，请改掉再上传。")
        return Mistake(field="", words=words)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        words = gettext(
            "第 %(line)s 行第 %(column)s 个字符处不是 JSON，请看那里的引号、逗号和括号。"
        )
        return Mistake(field="", words=words % place)
    except DocumentInvalid as error:
        return Mistake(field=error.field, words=in_words(error))
    except (CoreFault, ValueError, TypeError, RecursionError):
        return Mistake(field="", words=gettext("文件不是这样的文本：最外层应该是一个对象 { … }。"))


def _mapping(content: bytes) -> Mapping[str, Any]:
    read = json.loads(content.decode("utf-8-sig"))
    # Half a character can be spelled out in JSON and stands in no text that anybody signs.
    json.dumps(read, ensure_ascii=False).encode()
    if not isinstance(read, dict):
        raise TypeError("the document is an object")
    return read


def _strangers(agreement: Agreement) -> Iterator[Mistake]:
    node = whole_node()
    if agreement.party(node.name) is None:
        yield Mistake(field="parties", words=gettext("缔约方里没有本地，只有缔约方可以提交。"))
    for index, party in enumerate(agreement.parties):
        if party.node != node.name and node.kernel.peers.get(party.node) is None:
            words = gettext("还没有与%(name)s建立连接，请运维员先配对。")
            name = name_of_node(party.node)
            yield Mistake(field=f"parties[{index}].node", words=words % {"name": name})
            return
    too_large = size_mistake(agreement)
    if too_large:
        yield too_large


def in_words(error: DocumentInvalid) -> str:
    """What the rule says; a rule without words here is shown as core says it."""
    for pattern, say in _REASONS.items():
        found = re.fullmatch(pattern, error.reason)
        if found:
            return say() % found.groupdict()
    return f"{error.reason}{'; ' if error.remedy else ''}{error.remedy}"


_REASONS: Mapping[str, Callable[[], str]] = {
    r"there is no such field": lambda: gettext("没有这样的字段，请看是不是写错了。"),
    r"Object missing required field `(?P<name>[^`]+)`": lambda: gettext("缺少字段“%(name)s”。"),
    r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`": lambda: gettext(
        "应该是 %(wanted)s，写的是 %(got)s。"
    ),
    r"Invalid enum value (?P<value>.+)": lambda: gettext("没有 %(value)s 这个值。"),
    r"Invalid RFC3339 .*|.*date.*": lambda: gettext("不是日期，请写成 2026-12-31 这样。"),
    r"an agreement has two or more different parties": lambda: gettext(
        "协议要有两个以上不同的缔约方。"
    ),
    r"the last day lies before the first": lambda: gettext("最后一天在第一天之前。"),
    r"it lies after the last day": lambda: gettext("签署截止日在最后一天之后，请改早一些。"),
    r"not a place code of 6 digits": lambda: gettext("不是 6 位的行政区划代码。"),
    r"the number (?P<number>\S+) appears (?P<times>\d+) times": lambda: gettext(
        "条款号 %(number)s 出现了 %(times)s 次。"
    ),
    r"the number (?P<number>.+) is not printable ASCII": lambda: gettext(
        "条款号 %(number)s 只能用数字、字母和点。"
    ),
    r"not a party": lambda: gettext("不是缔约方。"),
    r"the check character does not fit": lambda: gettext("统一社会信用代码的校验位不对。"),
    r"(?P<item>\S+) is not the organisation's own": lambda: gettext(
        "%(item)s 不是这个机关自己的事项。"
    ),
    r"nobody keeps the signed text of three or more parties": lambda: gettext(
        "三方以上的协议要写明由哪一方保存签署文本。"
    ),
    r"more than (?P<days>\d+) working days": lambda: gettext("不能超过 %(days)s 个工作日。"),
    r"fewer than none": lambda: gettext("不能小于零。"),
    r"more than all": lambda: gettext("不能超过百分之百。"),
    r"the opinion has no number": lambda: gettext("要写明审核意见的编号。"),
    r"the review comes after the agreement's effect": lambda: gettext("审核要在生效以前。"),
    r"published after the agreement's effect": lambda: gettext("公布要在生效以前。"),
    r"the party has such a line already": lambda: gettext("这一方写了两次。"),
    r"not the digest of a document": lambda: gettext("不是文件指纹（sha256: 开头）。"),
    r"sender and receiver are two different parties": lambda: gettext(
        "寄出方和收到方必须是两个不同的缔约方。"
    ),
    r"payer and payee are two different parties": lambda: gettext(
        "付款方和收款方必须是两个不同的缔约方。"
    ),
    r"no paper travels": lambda: gettext("要写明寄什么材料。"),
    r"nothing is paid|nothing was spent": lambda: gettext("金额要大于零。"),
    r"not a basic code of 12 digits": lambda: gettext("不是 12 位的基本编码。"),
    r"the first version is 1": lambda: gettext("版本从 1 起。"),
    r"not printable ASCII": lambda: gettext("只能用数字、字母和符号，不能用汉字。"),
    r"one or more parties bear a duty": lambda: gettext("要写明由哪些缔约方承担。"),
    r"less than one day": lambda: gettext("至少一天。"),
    r"its days are said twice": lambda: gettext("同一件事的提前天数写了两次。"),
    r"granter and grantee are two different parties": lambda: gettext(
        "授权方和被授权方必须是两个不同的缔约方。"
    ),
    r"the owner of (?P<item>\S+) has not consented": lambda: gettext(
        "%(item)s 的实施机关没有同意开放。"
    ),
}
