"""J15 as Jiaxing's counter and Wuhu's officers see it, whose approval system does the deciding."""

from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import Browser
from tests.chromium import NEEDS_CHROMIUM
from tests.journeys.gateway_case import JIAXING, WUHU, GatewayCase
from tests.journeys.windows import SCREENS, Screen, window

from tongban.app.demo.federation import Federation

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.journey, pytest.mark.xdist_group("browser")]


@pytest.fixture
def decided(gateway_cities: Federation) -> GatewayCase:
    """A case that waits for its delivery, and an intake that is not finished."""
    with closing(GatewayCase(gateway_cities)) as case:
        case.take_in()
        case.agreed("decided")
    with closing(GatewayCase(gateway_cities)):
        return case


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_both_cities_see_what_the_approval_system_reported(
    browser: Browser, gateway_cities: Federation, decided: GatewayCase, screen: Screen
) -> None:
    with ExitStack() as open_windows:
        clerk = open_windows.enter_context(window(browser, gateway_cities, JIAXING, screen))
        officer = open_windows.enter_context(window(browser, gateway_cities, WUHU, screen))
        clerk.log_in(gateway_cities, JIAXING, "clerk")
        clerk.open("/desk/")
        clerk.follow(decided.stage.item("船舶营业运输证").name)
        clerk.press("核对")
        clerk.open(f"/desk/cases/{decided.number}/")
        clerk.says("由有权机关的系统报告")
        clerk.follow("办理送达")
        officer.log_in(gateway_cities, WUHU, "officer3")
        officer.open("/desk/review/")
        officer.open(f"/desk/review/{decided.number}/")
        officer.says("现在不用本机关办")
