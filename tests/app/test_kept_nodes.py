"""`tongban init --kept-by`: a node for a government that has none."""

from pathlib import Path

import pytest
from tests.command_line import Ended, invoke

from tongban.app.composition import descriptor_of
from tongban.app.doctor import examine
from tongban.app.key_files import open_secrets
from tongban.app.settings import Folder, read_settings
from tongban.channels.descriptors import read_descriptor

KEEPER = "songjiang.gov"


def made(root: Path, keeper: str = KEEPER) -> Ended:
    names = ("--name", "wuhu.gov", "--title", "芜湖市", "--title-en", "Wuhu")
    return invoke("init", root, *names, "--place", "340200", "--kept-by", keeper)


def test_a_kept_node_says_so_when_it_is_made_and_examined(tmp_path: Path) -> None:
    done = made(tmp_path / "node")
    assert done.code == 0
    assert f"a guest that {KEEPER} keeps" in done.out
    settings = next(f for f in examine(tmp_path / "node") if f.what == "settings")
    assert f"kept by {KEEPER}: all that it signs is one-sided" in settings.text


def test_its_descriptor_tells_partners(tmp_path: Path) -> None:
    made(tmp_path / "node")
    folder = Folder(tmp_path / "node")
    data = descriptor_of(read_settings(folder), folder, open_secrets(folder).signer)
    assert read_descriptor(data).kept_by == KEEPER


def test_after_the_hand_over_it_says_until_which_keys(tmp_path: Path) -> None:
    made(tmp_path / "node")
    path = Folder(tmp_path / "node").settings
    path.write_text(path.read_text(encoding="utf-8") + "key_sets = 1\n", encoding="utf-8")
    settings = next(f for f in examine(tmp_path / "node") if f.what == "settings")
    assert f"kept by {KEEPER} until its key set 1" in settings.text


@pytest.mark.parametrize("keeper", ["wuhu.gov", "Not A Name"])
def test_only_another_node_keeps_it(tmp_path: Path, keeper: str) -> None:
    done = made(tmp_path / "node", keeper)
    assert done.code != 0
    assert "`keeper.node` is the name of another node" in done.err
