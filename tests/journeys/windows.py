"""Somebody at a real browser, at the pages of a real city, with an eye on every page."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # has none
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect
from tests.chromium import DESK, PHONE

from tongban.app.demo.federation import Federation
from tongban.core.words import Language, Words

_FAULTS = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")
_PATIENCE_MILLISECONDS = 10_000
_LOCALES = {Language.CHINESE: ("zh-CN", "zh-hans"), Language.ENGLISH: ("en-GB", "en")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """What somebody looks at; audited: axe-core, which is slow, looks at every page as well."""

    size: tuple[int, int]
    javascript: bool
    language: Language = Language.CHINESE
    audited: bool = False


ON_A_PHONE = Screen(size=PHONE, javascript=False)
AT_A_DESK = Screen(size=DESK, javascript=True, audited=True)
IN_ENGLISH = Screen(size=PHONE, javascript=True, language=Language.ENGLISH)
SCREENS = {"phone": ON_A_PHONE, "desk": AT_A_DESK, "english": IN_ENGLISH}


@dataclass(kw_only=True)
class Window:
    """One person's window; words are given in Chinese and looked for in the window's language.

    faults: what was wrong with the pages that were seen, by address.
    """

    page: Page
    screen: Screen
    faults: dict[str, list[str]] = field(default_factory=dict)

    def log_in(self, federation: Federation, node: str, username: str) -> None:
        """Use a fresh one-time link."""
        self.page.goto(federation.ask(node, "person.link", username=username)["link"])
        self.press("登录")

    def open(self, path: str, status: int = HTTPStatus.OK) -> None:
        """Go to an address, which is answered with this."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status
        self.look()

    def press(self, words: str, *of: Words) -> None:
        """Press the button that says exactly this."""
        parts: tuple[str | Words, ...] = (words, *of)
        name = " ".join(self.say(part) for part in parts)
        self._leave(self.main.get_by_role("button", name=name, exact=True).first)

    def unfold(self, words: str) -> None:
        """Open what is folded away under these words, unless it lies open."""
        folded = self.main.locator("details:not([open]) > summary")
        for line in folded.get_by_text(self.say(words), exact=True).all():
            line.click()

    def follow(self, words: str | Words) -> None:
        """Follow the first link that says this, or what looks like a button and leads on."""
        name = self.say(words)
        link = self.main.get_by_role("link", name=name)
        self._leave(self.main.get_by_role("button", name=name).or_(link).first)

    def _leave(self, way: Locator) -> None:
        # A page that is still on its way has no content yet that anybody could look at.
        with self.page.expect_navigation():
            way.click()
        self.look()

    def fill(self, label: str | Words, text: str) -> None:
        """Write an answer."""
        self.labelled(label).fill(text)

    def tick(self, label: str | Words) -> None:
        """Choose one of several."""
        self.main.get_by_label(self.say(label), exact=True).check()

    def hand_in(self, label: str | Words, file: Path) -> None:
        """Choose a file."""
        self.labelled(label).set_input_files(file)

    def labelled(self, label: str | Words) -> Locator:
        """The control with this label."""
        return self.main.get_by_label(self.say(label)).first

    def says(self, words: str, **values: object) -> None:
        """The page contains this, with the values in it."""
        expect(self.main).to_contain_text(self.say(words) % values if values else self.say(words))

    def say(self, words: str | Words) -> str:
        """The words in the window's language."""
        if isinstance(words, Words):
            return words.in_language(self.screen.language)
        with translation.override(_LOCALES[self.screen.language][1]):
            return gettext(words)

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.get_by_role("main")

    def look(self) -> None:
        """Write down what is wrong with the page that is open."""
        self.page.wait_for_load_state()
        english = self.screen.language is Language.ENGLISH
        found: list[str] = self.page.evaluate(_FAULTS, english)
        if self.screen.audited:
            found += _barriers(self.page)
        if found:
            self.faults[self.page.url] = found


def _barriers(page: Page) -> list[str]:
    """What keeps somebody out who does not see, hear or point as the others do."""
    violations: list[Mapping[str, object]] = Axe().run(page).response["violations"]
    return [f"{line['id']}: {line['help']} {_where(line)}" for line in violations]


def _where(violation: Mapping[str, object]) -> list[str]:
    nodes = violation["nodes"]
    return [str(node["html"])[:120] for node in nodes] if isinstance(nodes, list) else []


@contextmanager
def window(browser: Browser, federation: Federation, node: str, screen: Screen) -> Iterator[Window]:
    """A window at a city's pages; on leaving, no page that it showed may have had a fault."""
    context = browser.new_context(
        base_url=federation.cities[node].address,
        viewport={"width": screen.size[0], "height": screen.size[1]},
        java_script_enabled=screen.javascript,
        locale=_LOCALES[screen.language][0],
    )
    context.set_default_timeout(_PATIENCE_MILLISECONDS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(_loud(message)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    opened = Window(page=page, screen=screen)
    yield opened
    context.close()
    if opened.faults or complaints:
        pytest.fail("\n".join([*_listed(opened.faults), *complaints]))


def _loud(message: ConsoleMessage) -> Iterator[str]:
    """What the console says, but for a page that says itself what is wrong (404, 409, 422)."""
    page, place = message.page, message.location["url"]
    is_page = page is not None and place == page.url and "status of 4" in message.text
    if message.type in {"error", "warning"} and not is_page:
        yield f"{place}: {message.text}"


def _listed(faults: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for address, found in faults.items():
        yield f"{address}: {'; '.join(found)}"
