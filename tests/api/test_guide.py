"""The program in docs/how-to/connect-an-approval-system.md runs against a real node."""

import re
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from tests.api.wire import road_to
from tests.api.wuhu import Approval
from tests.command_line import REPOSITORY

from tongban.api import client
from tongban.api.messages import AnswerKind

GUIDE = REPOSITORY / "docs" / "how-to" / "connect-an-approval-system.md"
HOST = "tongban.wuhu.example"
AFTER_THE_ACTS = datetime.fromisoformat("2026-11-25T09:00:00+08:00")


def snippet() -> str:
    (found,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def test_the_program_of_the_guide_fetches_and_reports(
    approval: Approval, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [HOST]
    reaching = partial(client.ConnectorClient, transport=road_to(approval))
    monkeypatch.setattr(client, "ConnectorClient", reaching)
    case = approval.take_in()
    approval.federation.memory.clock.instant = AFTER_THE_ACTS
    taken: list[Any] = []
    kept: list[int] = []
    world: dict[str, Any] = {
        "token": approval.token,
        "cursor": approval.cursor,
        "case": case,
        "take_over": taken.append,
        "keep": kept.append,
        "certificate": b"%PDF-1.7 made up",
    }
    exec(compile(snippet(), GUIDE, "exec"), world)  # noqa: S102 - our own document
    assert [line.answer for line in world["answers"]] == [AnswerKind.RECORDED] * 3
    assert (taken[0].case, len(kept)) == (case, 1)
    assert "review" in {step.code for step in approval.state(case).declared_steps}


def test_a_step_in_words_is_refused_as_the_guide_says(approval: Approval) -> None:
    case = approval.take_in()
    fact = {"kind": "step", "key": "1", "acted_at": approval.ago(9), "step": "业务审查"}
    (line,) = approval.report(case, fact)
    assert (line["answer"], line["ground"]) == ("refused", "unknown_step")
