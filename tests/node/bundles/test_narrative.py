"""The page that a discipline inspector reads, or hears read out."""

from dataclasses import replace

from tongban.core.cases.events import CaseOpened
from tongban.core.channel.events import RefusedEntry
from tongban.core.words import Language
from tongban.node.bundles.narrative import describe
from tongban.node.bundles.report import Problem
from tongban.node.bundles.verify import verify_bundle

from .pair import Pair
from .stories import (
    CASE,
    HEFEI,
    OWN_RIGHT,
    SMALL,
    SONGJIANG,
    TRUST,
    WHOLE,
    bundling,
    dispatched,
    small_case,
)

ZH, EN = Language.CHINESE, Language.ENGLISH


def test_a_verified_bundle_says_so_first() -> None:
    report = WHOLE.verify()
    assert describe(report, ZH).startswith(f"证据包核验：通过\n办件：{CASE.id}\n")
    assert describe(report, EN).startswith(f"Evidence bundle: verified\nCase: {CASE.id}\n")


def test_the_acts_of_the_case_are_told_in_order_and_in_words_of_the_law() -> None:
    page = describe(WHOLE.verify(), ZH)
    acts = ["收件登记", "发出（转递）", "受理", "审批决定：准予", "送达"]
    places = [page.index(act) for act in acts]
    assert places == sorted(places)
    assert "已会签" in page
    assert "已生效" in page


def test_who_acted_and_by_what_right_is_told() -> None:
    whole, small = WHOLE.verify(), SMALL.verify()
    assert "系统；依据：MADE-UP-1 第 2.1 条" in describe(whole, ZH)
    assert "system; basis: MADE-UP-1, 2.1" in describe(whole, EN)
    assert "依据：申请人自己的权利" in describe(small, ZH)


def test_a_basis_that_is_not_in_the_bundle_has_no_number() -> None:
    report = replace(WHOLE, documents={}).verify()
    assert "依据：（包内没有的文件） 第 2.1 条" in describe(report, ZH)


def test_the_parties_are_told_by_the_names_they_give_themselves() -> None:
    assert "一方：虚构节点 = hefei.example" in describe(SMALL.verify(), ZH)


def test_what_is_proven_and_what_is_not_stand_on_the_page() -> None:
    page = describe(WHOLE.verify(), EN)
    assert "What is proven" in page
    assert "That what the entries say is true." in page
    assert "Unwitnessed" in page


def test_keys_that_nobody_anchored_are_named_with_their_fingerprints() -> None:
    report = WHOLE.verify(None)
    page = describe(report, ZH)
    assert "密钥：未锚定" in page
    assert all(f"{name}  {digits}" in page for name, digits in report.fingerprints.items())


def test_a_changed_bundle_says_that_nothing_is_proven() -> None:
    data = bytearray(WHOLE.encode())
    data[data.index(b'"number":"2026-1"') + 15] ^= 1
    page = describe(verify_bundle(bytes(data)), ZH)
    assert page.startswith("证据包核验：未通过")
    assert "在导出之后被改动过" in page
    assert "证明了什么" not in page.replace("没有证明什么", "")


def test_entries_of_a_bundle_that_does_not_hold_are_not_told_as_proven() -> None:
    report = WHOLE.verify([])
    assert not any(entry.proven for entry in report.entries)
    assert "未通过核验，不能作为证据" in describe(report, ZH)


def test_a_refusal_is_told_in_words_with_its_code() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="recalled")])
    page = describe(bundling(pair).verify(), EN)
    assert "refused; " in page
    assert "(recalled)" in page


def test_one_sided_entries_are_marked() -> None:
    pair = small_case()
    pair.write(pair.back, CaseOpened(), CASE)
    pair.back.sign()
    page = describe(bundling(pair).verify(), EN)
    assert "signed by its writer only; outcome not known" in page
    assert "Entries 1, 6 are signed by their writer only" in page


def test_bodies_that_are_absent_are_marked() -> None:
    bare = replace(SMALL, entries=[replace(entry, bodies={}) for entry in SMALL.entries])
    assert "application (application/json, 27 B): 不在" in describe(bare.verify(), ZH)
    assert "application (application/json, 27 B): included" in describe(SMALL.verify(), EN)


def test_a_type_without_words_is_told_by_its_name() -> None:
    report = SMALL.verify()
    entries = tuple(replace(entry, type="case.new_kind") for entry in report.entries)
    assert "case.new_kind" in describe(replace(report, entries=entries), ZH)


def test_hostile_words_do_not_reach_the_terminal() -> None:
    report = SMALL.verify()
    problem = Problem.of("x", zh="\x1b[2J", en="\x1b[2J")
    entries = tuple(replace(entry, ground="\x1b[2J\u202e") for entry in report.entries)
    page = describe(replace(report, problems=(problem,), entries=entries), ZH)
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_bundle_of_proven_entries_only_has_no_one_sided_words() -> None:
    proven = SMALL.without(lambda bundled: not bundled.place.log.reader)
    report = proven.verify(TRUST)
    assert report.verified
    assert not any("单方陈述" in words.zh for words in report.not_proven)
