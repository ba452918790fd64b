"""What needs a law: 没有法律、法规、规章依据，不得增设办理条件和环节 (优化营商环境条例 35)."""

from collections.abc import Iterator

from tongban.core.items.item import Item
from tongban.core.items.problem import Problem, problem
from tongban.core.words import Words


def find_missing_bases(item: Item) -> Iterator[Problem]:
    """The item itself, its conditions and its steps, where no law is named for them."""
    if not item.legal_basis:
        yield problem(
            "legal_basis",
            (
                "没有依据，机关不能要求办这件事（优化营商环境条例第三十五条）",
                "an authority acts on a law only (优化营商环境条例 35)",
            ),
            (
                "写出设定这个事项的法律或者文件",
                "name the law or document that sets the item up",
            ),
        )
    for index, condition in enumerate(item.conditions):
        if not is_said(condition.basis):
            yield problem(
                f"conditions[{index}].basis",
                (
                    "没有依据的条件不得设（优化营商环境条例第三十五条）",
                    "no condition may be set without a legal basis (优化营商环境条例 35)",
                ),
                (
                    "写出设这个条件的法律、法规或者规章和条款；没有的，删掉这个条件",
                    "name the law and article that sets it, or delete the condition",
                ),
            )
    for index, step in enumerate(item.steps):
        if not is_said(step.basis):
            yield problem(
                f"steps[{index}].basis",
                (
                    "没有依据的环节不得设（优化营商环境条例第三十五条）",
                    "no step may be set without a legal basis (优化营商环境条例 35)",
                ),
                (
                    "写出设这个环节的法律、法规或者规章和条款；没有的，删掉这个环节",
                    "name the law and article that sets it, or delete the step",
                ),
            )


def is_said(words: Words | None) -> bool:
    """Whether there are words, in Chinese at least, which prevails."""
    return words is not None and bool(words.zh.strip())
