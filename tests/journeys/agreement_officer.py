"""An agreement officer at a real browser: drafts, answers, accepts, signs, ends."""

from dataclasses import dataclass

from tests.journeys.processes import within
from tests.journeys.windows import Window

from tongban.core.words import Words

#: Made up, for these tests alone.
PASSWORD = "运河十二桥下的夜雨声声入耳"
INBOX = "/agreements/negotiations/"
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Officer:
    """An agreement officer at a window of one city."""

    window: Window

    def may_sign(self) -> None:
        """Choose a password, which a demonstration's accounts do not have at first."""
        self.window.open("/account/password/set/")
        if self.window.page.url.endswith("/set/"):
            for control in ("password1", "password2"):
                self.window.page.locator(f"[name={control}]").fill(PASSWORD)
            with self.window.page.expect_navigation():
                self.window.main.locator("button[name=action]").click()
            assert not self.window.page.url.endswith("/set/")

    def change(self, number: str, field: str, text: str) -> None:
        """Change one field of a clause from the page of the draft."""
        self.go(f"/clauses/{number}/")
        self.window.unfold("各环节时限（工作日，不写就是不约定）")
        self.window.fill(field, text)
        self.window.press("存进草稿")

    def lay(self) -> str:
        """Lay the draft before the other; the address of the negotiation."""
        self.window.press("核对后提出")
        self.window.press("现在提出")
        self.window.says("文本已经放到桌上。")
        return self.window.page.url

    def go(self, end: str) -> None:
        """Follow the link to an address that ends so."""
        with self.window.page.expect_navigation():
            self.window.main.locator(f"a[href$='{end}']").first.click()
        self.window.look()

    def answer(self, number: int) -> None:
        """Wait in the inbox until it is this city's turn, and open the negotiation."""
        words = self.window.say("答复第 %(number)s 稿") % {"number": number}
        task = self.window.main.get_by_role("link", name=words)

        def there() -> bool:
            self.window.open(INBOX)
            return task.count() > 0

        assert within(_PATIENCE_SECONDS, there)
        with self.window.page.expect_navigation():
            task.first.click()
        self.window.look()

    def accept(self) -> None:
        """Agree to what lies on the table."""
        self.window.follow("同意这一稿")
        self.window.press("同意，交各方签署")
        self.window.says("已经同意这一稿。")

    def sign(self) -> str:
        """Wait until a text awaits the signature, and sign it; the address of its page."""
        task = self.window.main.locator("a[href$='/sign/']")

        def there() -> bool:
            self.window.open(INBOX)
            return task.count() > 0

        assert within(_PATIENCE_SECONDS, there)
        with self.window.page.expect_navigation():
            task.first.click()
        self.window.look()
        self.window.page.locator("#secret").fill(PASSWORD)
        self.window.press("签署")
        self.window.says("已经签署。")
        return self.window.page.url

    def sees(self, page: str, words: str | Words) -> None:
        """Wait until a page says this."""

        def there() -> bool:
            self.window.open(page)
            return self.window.say(words) in self.window.main.inner_text()

        assert within(_PATIENCE_SECONDS, there)


def all_sign(*officers: Officer) -> str:
    """Each at its own city, and each sees it in force; the end of the address of its page."""
    pages = [each.sign() for each in officers]
    for officer, page in zip(officers, pages, strict=True):
        officer.sees(page, "生效中")
    return pages[0].partition("/agreements/")[2]


def remark(officer: Officer, clause: str, words: str) -> None:
    """Say something on a clause, beside it."""
    line = officer.window.main.locator(f"li[id='clause-{clause}']")
    line.locator("summary").last.click()
    line.locator("textarea").fill(words)
    with officer.window.page.expect_navigation():
        line.get_by_role("button").click()
    officer.window.look()
    officer.window.says("意见已经记下。")


def capitalised(at: Window, words: str) -> str:
    """As a page shows a choice."""
    said = at.say(words)
    return said[:1].upper() + said[1:]
