"""Codes that a counter chooses from, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from tongban.core.cases.events import Delivery, MaterialForm, PersonCheck

#: What a counter may tick; ACCOUNT is how somebody is known who applies online.
COUNTER_CHECKS = (
    PersonCheck.ID_CARD_READER,
    PersonCheck.ID_CARD_SEEN,
    PersonCheck.AGENT_AUTHORISATION,
)


def check_words(check: PersonCheck) -> str:
    """How the person was identified (人证核验)."""
    return _CHECKS[check]()


def check_choices(chosen: str) -> list[tuple[str, str, bool]]:
    """What a counter may tick: value, words, and whether it is chosen."""
    return [(check.value, check_words(check), check == chosen) for check in COUNTER_CHECKS]


def form_words(form: MaterialForm) -> str:
    """What the officer had in hand (原件核验)."""
    return _FORMS[form]()


def delivery_words(delivery: Delivery) -> str:
    """送达方式."""
    return _DELIVERIES[delivery]()


def recipient_words(name: str) -> str:
    """One line of a postal address."""
    return _RECIPIENT[name]()


def recipient_lines(recipient: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A postal address, line by line."""
    return [(words(), str(recipient.get(name, ""))) for name, words in _RECIPIENT.items()]


_CHECKS: Mapping[PersonCheck, Callable[[], str]] = {
    PersonCheck.ACCOUNT: lambda: gettext("实名账户"),
    PersonCheck.ID_CARD_READER: lambda: gettext("读卡器读出身份证，与本人一致"),
    PersonCheck.ID_CARD_SEEN: lambda: gettext("看过身份证原件，与本人一致"),
    PersonCheck.AGENT_AUTHORISATION: lambda: gettext("代办人持授权委托书和双方身份证"),
}
_FORMS: Mapping[MaterialForm, Callable[[], str]] = {
    MaterialForm.ORIGINAL_SEEN: lambda: gettext("原件已核"),
    MaterialForm.COPY: lambda: gettext("复印件"),
    MaterialForm.ELECTRONIC: lambda: gettext("电子件"),
}
_DELIVERIES: Mapping[Delivery, Callable[[], str]] = {
    Delivery.COUNTER: lambda: gettext("到收件窗口领取"),
    Delivery.POST: lambda: gettext("邮寄"),
    Delivery.ONLINE: lambda: gettext("网上送达"),
}
_RECIPIENT: Mapping[str, Callable[[], str]] = {
    "name": lambda: gettext("收件人姓名"),
    "phone": lambda: gettext("收件人电话"),
    "address": lambda: gettext("收件地址"),
}

#: The lines of a postal address.
RECIPIENT_FIELDS = tuple(_RECIPIENT)
