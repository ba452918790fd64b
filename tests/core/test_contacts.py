"""What counts as an address of the web and as a telephone."""

import pytest

from tongban.core.items.contacts import is_telephone, is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "https://hefei.g60.demo/x",
        "http://zwfw.example:8080/a?b=c#d",
        "https://政务.example/办事",
        "HTTPS://EXAMPLE.CN",
    ],
)
def test_addresses_of_the_web_are_taken(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        " https://example.cn",
        "https://example.cn/a b",
        "https://example.cn\n",
        "https://gov.cn@evil.example",
        "https:\\\\evil.example",
        "//evil.example",
        "data:text/html,x",
        "https://",
        'https://x.cn/"onclick="',
        "https://x.cn/" + "x" * 2_000,
    ],
)
def test_everything_else_is_none(text: str) -> None:
    assert not is_web_address(text)


@pytest.mark.parametrize(
    "text", ["12345", "0551-12345678", "(021) 3773 0000 转 8", "+86 571 1、0571-2", "110；120"]
)
def test_telephones_are_taken_as_people_write_them(text: str) -> None:
    assert is_telephone(text)


@pytest.mark.parametrize(
    "text", ["", "12", "见门口", "tel:1234", "1234<b>", "0551-1\n2", "1" * 200]
)
def test_what_cannot_be_dialled_is_no_telephone(text: str) -> None:
    assert not is_telephone(text)
