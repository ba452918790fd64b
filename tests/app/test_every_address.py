"""Whatever anybody sends to any address of the pages, nothing breaks; HEAD works as GET does."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from tests.cities import Browser, City
from tests.workbench.counters import CERTIFICATE, Desks, begin, clerk_of, officer_of

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.app import django_settings

TROUBLE = 500
#: What forms of allauth, of ours and of nobody ask for, all at once.
POSTED = {
    "email": "someone@example.com",
    "action_add": "",
    "login": "zhang",
    "username": "zhang",
    "password": "a made up pass phrase",
    "password1": "a made up pass phrase",
    "password2": "a made up pass phrase",
    "next": "/",
    "here": "340100",
    "number": "SL-1",
    "code": "000000",
    "credential": "{}",
}
NOT_WANTED = (
    "signup/", "inactive/", "email/", "confirm-email/", "confirm-email/key/", "password/reset/",
    "password/reset/done/", "password/reset/key/1-set-password/", "password/reset/key/done/",
    "login/code/confirm/", "",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody at a city's pages; known: what stands in addresses that lead somewhere."""

    city: City
    person: Person | None
    known: dict[str, str]

    def browser(self) -> Browser:
        browser = Browser(city=self.city, raise_request_exception=False)
        if self.person is not None:
            self.city.act()
            browser.force_login(self.person)
        return browser


def addresses() -> list[tuple[str, list[str]]]:
    """Every address of the pages with the names of its parts, `<>` standing for each."""
    return list(_below(get_resolver(), "/", []))


def _below(
    pattern: URLResolver | URLPattern, path: str, parts: list[str]
) -> Iterator[tuple[str, list[str]]]:
    if isinstance(pattern, URLPattern):
        yield path, parts
        return
    for inner in pattern.url_patterns:
        if isinstance(inner.pattern, RegexPattern):
            pytest.fail(f"{inner.pattern} cannot be filled in")
        route = str(inner.pattern)
        names = list(inner.pattern.converters)
        yield from _below(inner, path + _open(route), [*parts, *names])


def _open(route: str) -> str:
    return "".join("<>" if piece.startswith("<") else piece for piece in _pieces(route))


def _pieces(route: str) -> Iterator[str]:
    while "<" in route:
        before, _, rest = route.partition("<")
        name, _, route = rest.partition(">")
        yield before
        yield f"<{name}>"
    yield route


def filled(path: str, parts: list[str], known: dict[str, str]) -> str:
    for name in parts:
        path = path.replace("<>", known.get(name, "7"), 1)
    return path


@pytest.fixture(params=["anonymous", "resident", "clerk", "officer"])
def visitor(request: pytest.FixtureRequest, desks: Desks) -> Visitor:
    case = desks.case_at_hangzhou()
    known = {"number": case, "case": case, "name": "form", "token": begin(desks.clerk)}
    known |= {"code": CERTIFICATE.code, "pk": "1", "key": "1"}
    suzhou, hangzhou = desks.suzhou, desks.hangzhou
    cache.clear()
    return {
        "anonymous": lambda: Visitor(city=suzhou, person=None, known=known),
        "resident": lambda: Visitor(
            city=suzhou, person=suzhou.person("zhang", Role.RESIDENT), known=known
        ),
        "clerk": lambda: Visitor(city=suzhou, person=clerk_of(suzhou), known=known),
        "officer": lambda: Visitor(
            city=hangzhou, person=officer_of(hangzhou), known=known | {"code": "accept"}
        ),
    }[request.param]()


def test_no_address_breaks_and_head_is_answered_as_get_is(visitor: Visitor) -> None:
    broken, unlike = [], []
    for path, parts in addresses():
        for known in [visitor.known, {}] if parts else [{}]:
            address = filled(path, parts, known)
            browser = visitor.browser()
            got, head = browser.get(address), browser.head(address)
            posted = browser.post(address, POSTED)
            answers = {"GET": got, "HEAD": head, "POST": posted}
            broken += [
                f"{method} {address}"
                for method, answer in answers.items()
                if answer.status_code >= TROUBLE
            ]
            if head.status_code != got.status_code:
                unlike.append(f"{address}: {got.status_code}, {head.status_code}")
    assert broken == []
    assert unlike == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", NOT_WANTED)
def test_addresses_of_allauth_for_people_with_mail_are_not_there(
    desks: Desks, address: str, method: str
) -> None:
    browser = desks.clerk
    assert browser.generic(method, f"/account/{address}").status_code == 404


def test_head_of_the_first_page_carries_no_content(desks: Desks) -> None:
    answer = desks.clerk.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_nothing_can_connect_to_a_mail_server() -> None:
    # pytest-django puts its own backend into django.conf.settings.
    assert django_settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"
