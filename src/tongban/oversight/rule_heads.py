"""What officers write at the head of a list or of advice: number, title, who issues it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.core.mandates.advice import Advice
from tongban.core.mandates.mandate import Mandate
from tongban.core.plain_codes import is_number
from tongban.core.words import Words
from tongban.pages.components import FieldError
from tongban.pages.places import place_of_node
from tongban.pages.whole_node import whole_node

WORDS_MAX = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleHead:
    """As somebody filled it in; English words may be left out."""

    number: str
    title_zh: str
    title_en: str
    issuer_zh: str
    issuer_en: str
    illustrative: bool

    @property
    def title(self) -> Words:
        """In both languages."""
        return both(self.title_zh, self.title_en)

    @property
    def issuer(self) -> Words:
        """In both languages."""
        return both(self.issuer_zh, self.issuer_en)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a page carries on to the next one, as names and values of the form."""
        named = [(name, getattr(self, name)) for name in _TEXTS]
        return [*named, *([("illustrative", "1")] if self.illustrative else [])]

    def errors(self) -> Iterator[FieldError]:
        """What has to be mended before it can be published."""
        if not is_number(self.number):
            words = gettext("编号用字母、数字和 . _ / -，最多 40 个字符，例如 G60/M-1。")
            yield FieldError(anchor="number", words=words)
        if not 0 < len(self.title_zh) <= WORDS_MAX:
            yield FieldError(anchor="title_zh", words=gettext("请写名称，最多 200 字。"))
        if not 0 < len(self.issuer_zh) <= WORDS_MAX:
            yield FieldError(anchor="issuer_zh", words=gettext("请写发布单位，最多 200 字。"))


def read_head(given: QueryDict) -> RuleHead:
    """As it was sent."""
    texts = {name: given.get(name, "").strip() for name in _TEXTS}
    return RuleHead(**texts, illustrative="illustrative" in given)


def head_of(rule: Mandate | Advice | None) -> RuleHead:
    """As the version before has it; of a first one the place of this node as its issuer."""
    title, issuer = (rule.title, rule.issuer) if rule else (Words(zh="", en=""), own_name())
    return RuleHead(
        number=rule.number if rule else "",
        title_zh=title.zh,
        title_en=title.en,
        issuer_zh=issuer.zh,
        issuer_en=issuer.en,
        illustrative=bool(rule and rule.illustrative),
    )


def own_name() -> Words:
    """What the place of this node is called; the officer writes the office itself."""
    node = whole_node().name
    place = place_of_node(node)
    return place.name if place else Words(zh=node, en=node)


def both(zh: str, en: str) -> Words:
    """Both languages; where nobody wrote English, the Chinese words stand there, too."""
    return Words(zh=zh, en=en or zh)


def number_taken() -> FieldError:
    """That a first version cannot have a number that is in use."""
    words = gettext("这个编号已经用过；换一个，或者从原来的写下一版。")
    return FieldError(anchor="number", words=words)


def unchanged() -> FieldError:
    """That a further version has to say something else."""
    return FieldError(anchor="", words=gettext("与上一版没有任何不同；改了内容再发布。"))


_TEXTS = ("number", "title_zh", "title_en", "issuer_zh", "issuer_en")
