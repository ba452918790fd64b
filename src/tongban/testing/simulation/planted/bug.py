"""A planted bug: one piece of production code, and what stands there instead."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Bug:
    """A change to one module; breaks: what goes wrong then, in plain words.

    before: stands in the module exactly once. rule: the rule of spec/channels.md that is left out,
    where it is one of "Starts and generations".
    """

    name: str
    module: str
    before: str
    after: str
    breaks: str
    rule: str = ""
