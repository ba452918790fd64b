"""基本信息: the columns of which an item has one value each."""

from tongban.catalogue import load_basic_meanings, load_basic_names, load_topics
from tongban.catalogue.sheets import labels
from tongban.catalogue.sheets.columns import Column, words
from tongban.catalogue.sheets.kinds import DAY, DAYS, NUMBER, TEXTS, YES_NO, Choice, Several
from tongban.core.items.topic import TopicKind


def basic_columns() -> tuple[Column, ...]:
    """Every column of the sheet but the first."""
    return (*_identity(), *_owner(), *_classes(), *_groups(), *_limits(), *_ways(), *_rest())


def _identity() -> tuple[Column, ...]:
    return (
        Column(
            heading="编码种类",
            english="Kind of code",
            key="code_kind",
            kind=Choice(labels=labels.CODE_KINDS),
        ),
        Column(heading="基本编码", english="Basic code", key="basic_code"),
        Column(heading="事项版本", english="Version", key="version", kind=NUMBER),
        *words("事项名称", "Name", "name", needed=True),
        *words("事项简介", "Summary", "summary", needed=True),
        Column(heading="别名", english="Other names", key="aliases", kind=TEXTS),
        Column(heading="关键词", english="Keywords", key="keywords", kind=TEXTS),
        Column(heading="行政区划代码", english="Place code", key="place", needed=True),
    )


def _owner() -> tuple[Column, ...]:
    return (
        *words("实施主体", "Authority", "organisation.name", needed=True),
        Column(
            heading="实施主体编码",
            english="Authority's credit code",
            key="organisation.code",
            needed=True,
        ),
        Column(
            heading="实施主体性质",
            english="Nature of the authority",
            key="organisation.nature",
            kind=Choice(labels=labels.NATURES),
        ),
    )


def _classes() -> tuple[Column, ...]:
    return (
        Column(
            heading="事项类型",
            english="Type",
            key="type_code",
            kind=Choice(labels=labels.ITEM_TYPES),
            needed=True,
        ),
        Column(
            heading="行使层级",
            english="Level",
            key="level",
            kind=Choice(labels=labels.LEVELS),
        ),
        Column(
            heading="服务对象",
            english="Audience",
            key="audience",
            kind=Several(of=Choice(labels=labels.AUDIENCES)),
            needed=True,
        ),
        Column(
            heading="办件类型",
            english="Case type",
            key="case_type",
            kind=Choice(labels=labels.CASE_TYPES),
        ),
        Column(
            heading="办理形式",
            english="Handling forms",
            key="handling_forms",
            kind=Several(of=Choice(labels=labels.HANDLING_FORMS)),
        ),
    )


def _groups() -> tuple[Column, ...]:
    return (
        Column(
            heading="通办范围",
            english="Scope",
            key="scope",
            kind=Choice(labels=labels.SCOPES),
        ),
        Column(
            heading="主题分类",
            english="Themes",
            key="themes",
            kind=Several(of=_topics(TopicKind.THEME)),
        ),
        Column(
            heading="人生事件",
            english="Life events",
            key="life_events",
            kind=Several(of=_topics(TopicKind.LIFE_EVENT)),
        ),
    )


def _limits() -> tuple[Column, ...]:
    return (
        Column(
            heading="法定办结时限",
            english="Legal limit, working days",
            key="limits.legal_days",
            kind=DAYS,
        ),
        *words("法定办结时限说明", "Note on the legal limit", "limits.legal_note"),
        Column(
            heading="承诺办结时限",
            english="Promised limit, working days",
            key="limits.promised_days",
            kind=NUMBER,
            needed=True,
        ),
        *words("承诺办结时限说明", "Note on the promise", "limits.promised_note"),
        *words("办结时限依据", "Basis of the limits", "limits.basis", needed=True),
    )


def _ways() -> tuple[Column, ...]:
    return (
        Column(
            heading="到办事现场次数",
            english="Visits",
            key="visits",
            kind=NUMBER,
            needed=True,
        ),
        *words("必须现场办理原因说明", "Why one has to come", "visits_reason"),
        *words("数量限制", "Quantity limit", "quantity_limit"),
        Column(heading="是否收费", english="Is there a fee", key="is_fee", kind=YES_NO),
        *(
            Column(heading=heading, english=english, key=f"services.{service}", kind=YES_NO)
            for service, (heading, english) in labels.SERVICES.items()
        ),
        *words("办理地点", "Address", "direct_way.address", needed=True),
        Column(heading="办理电话", english="Telephone", key="direct_way.phone", needed=True),
        Column(
            heading="计算机端在线办理跳转地址",
            english="Web address",
            key="direct_way.url",
            needed=True,
        ),
        *words("咨询方式", "Consultation", "consultation.words"),
        Column(heading="咨询电话", english="For questions, phone", key="consultation.phone"),
        Column(heading="咨询网址", english="For questions, web", key="consultation.url"),
        *words("监督投诉方式", "Complaints", "complaint.words"),
        Column(heading="投诉电话", english="Complaints, phone", key="complaint.phone"),
        Column(heading="投诉网址", english="Complaints, web", key="complaint.url"),
    )


def _rest() -> tuple[Column, ...]:
    forms = Choice(
        labels=load_basic_names(),
        meanings=load_basic_meanings(),
        asks=(
            "目录中表单的名称；不写则保留现有表单",
            "a form's name; empty: the present form stays",
        ),
    )
    return (
        Column(heading="计划生效日期", english="First day", key="effective_from", kind=DAY),
        Column(heading="计划取消日期", english="Last day", key="effective_until", kind=DAY),
        Column(heading="申请表单", english="Form", key="form_name", kind=forms),
        Column(heading="演示数据", english="Made up", key="illustrative", kind=YES_NO),
    )


def _topics(kind: TopicKind) -> Choice:
    topics = [topic for topic in load_topics() if topic.kind is kind]
    return Choice(
        labels={topic.name.zh: topic.code for topic in topics},
        meanings={topic.name.zh: topic.name.en for topic in topics},
    )
