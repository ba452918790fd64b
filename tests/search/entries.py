"""A small made-up catalogue for tests of search."""

from tongban.core.items.offices import DirectWay
from tongban.core.words import Words
from tongban.search.entry import Entry

DIRECT = DirectWay(address=Words(zh="一号窗口", en="Counter 1"), phone="12345", url="https://a.cn")


def entry(
    name: str,
    *phrases: str,
    keywords: tuple[str, ...] = (),
    basic: str = "",
    place: str = "340100",
    summary: str = "",
    audience: tuple[str, ...] = ("1",),
    modes: tuple[str, ...] = ("delegated_intake",),
) -> Entry:
    """An entry in a few words; where no basic item is named it is one of its own."""
    basic = basic or f"{abs(hash(name)) % 10**12:012d}"
    return Entry(
        item=f"11340100002989551W3{basic}-{place}",
        basic=basic,
        place=place,
        name=Words(zh=name, en=""),
        phrases=(name, *phrases),
        keywords=keywords,
        summary=Words(zh=summary, en=""),
        audience=audience,
        themes=(),
        life_events=(),
        modes=modes,
        organisation=Words(zh="主管局", en="Authority"),
        direct_way=DIRECT,
    )


CARD = "000000000001"
CATALOGUE = (
    entry("社会保障卡申领", "社保卡", "social security card", basic=CARD, place="330100"),
    entry("社会保障卡申领", "社保卡", "social security card", basic=CARD, place="340100"),
    entry("社会保障卡申领", "社保卡", "市民卡", basic=CARD, place="310117", modes=("all_online",)),
    entry("公司设立登记", "注册公司", "营业执照", audience=("2",), summary="在本地开一家公司"),
    entry("公司注销登记", "注销公司", audience=("2",)),
    entry("购房提取住房公积金", "买房提公积金", modes=("all_online",)),
)
