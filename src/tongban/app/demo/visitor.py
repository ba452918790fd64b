"""Somebody at a browser without JavaScript: opens pages, fills in forms, presses buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from tongban.app.demo.faults import DemonstrationStopped

#: File name, content and media type, as a browser sends them.
Upload = tuple[str, bytes, str]


class PageUnexpected(DemonstrationStopped):
    """A page does not offer what the journey needs; the message names the page and its words."""


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes and what it sends if nobody changes anything."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects forms, links and the words of the headings."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = dict(attrs)
        if tag == "form":
            self._form = Form(
                action=given.get("action", ""), method=given.get("method", "get").lower()
            )
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif self._form is not None and given.get("name"):
            self._field(self._form, tag, given, names)
        if tag == "option" and self._form is not None and self._select:
            self._option(self._form, given, names)

    def _field(
        self, form: Form, tag: str, given: dict[str, str], names: Mapping[str, str | None]
    ) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            form.values.setdefault(name, "")
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in names:
                form.values[name] = given.get("value", "on")
        elif tag == "input" and kind != "submit":
            form.values[name] = given.get("value", "")

    def _option(self, form: Form, given: dict[str, str], names: Mapping[str, str | None]) -> None:
        value = given.get("value", "")
        form.choices.setdefault(self._select, []).append(value)
        if "selected" in names or self._select not in form.values:
            form.values[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._textarea:
            self._form.values[self._textarea] += data.removeprefix("\n")
        elif data.strip():
            self.words.append(data.strip())


class Visitor:
    """One person's browser window at one city's pages."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self._page = _Reader()
        self.path = "/"
        self.text = ""

    def close(self) -> None:
        """Close the window."""
        self._client.close()

    def log_in(self, link: str) -> None:
        """Use a one-time log-in link."""
        self.open(urlsplit(link).path)
        self.press()

    def open(self, path: str) -> None:
        """Open a page."""
        self._show(self._client.get(path))

    def download(self, path: str) -> bytes:
        """What a link gives out as a file; the page stays open. Raises PageUnexpected."""
        answer = self._client.get(path)
        if "attachment" not in answer.headers.get("Content-Disposition", ""):
            raise PageUnexpected(f"{path} answered {answer.status_code} and no file")
        return answer.content

    def press(
        self,
        form: str = "",
        *,
        values: Mapping[str, str] | None = None,
        uploads: Mapping[str, Upload] | None = None,
    ) -> None:
        """Fill in and send a form: the one whose action or fields contain the text.

        Without a text it is the page's own form, which is sent back to the page. Raises
        PageUnexpected where there is none.
        """
        found = self._find(form)
        data = {**found.values, **(values or {})}
        action = urljoin(self.path, found.action) if found.action else self.path
        files: Any = dict(uploads or {})
        self._show(
            self._client.post(
                action,
                data=data,
                files=files or None,
                headers={"Referer": f"{self._client.base_url}"},
            )
        )

    def follow(self, part: str) -> None:
        """Open the first link whose address contains the text."""
        self.open(self.link(part))

    def link(self, part: str) -> str:
        """The first link whose address contains the text; raises PageUnexpected."""
        for href in self._page.links:
            if part in href:
                return href
        raise PageUnexpected(f"{self.path} has no link with {part}: {self.summary()}")

    def offers(self, form: str) -> bool:
        """Whether the page has such a form."""
        return any(self._matches(each, form) for each in self._page.forms)

    def form(self, form: str) -> Form:
        """The form whose action or fields contain the text; raises PageUnexpected."""
        return self._find(form)

    def summary(self) -> str:
        """The words of the page, shortened."""
        return " ".join(self._page.words)[:1500]

    def _find(self, form: str) -> Form:
        for each in self._page.forms:
            if each.method == "post" and self._matches(each, form):
                return each
        raise PageUnexpected(f"{self.path} has no form {form}: {self.summary()}")

    def _matches(self, each: Form, form: str) -> bool:
        if not form:
            return not each.action
        names = {*each.values, *each.choices, *each.files}
        return form in each.action or form in names

    def _show(self, response: httpx.Response) -> None:
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise PageUnexpected(f"{response.url} answered {response.status_code}")
        self._page = _Reader()
        self.path = response.url.path
        self.text = response.text
        self._page.feed(response.text)
