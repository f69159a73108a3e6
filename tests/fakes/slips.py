"""A printed list as an action would make it, and the answer that hands it out."""

from __future__ import annotations

from datetime import UTC, date, datetime

from actions.slip import Slip, SlipDate, SlipGuide, SlipItem, SlipPaper, SlipSpared
from bot.message import ActionResult, Effect, Memory, Reply

TOKEN = "T0ken_of-32-bytes" + "x" * 26
"""As long as a real one: 43 letters."""
MADE_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
RELEASE = "old-release"
DUE = SlipDate(
    uid="1b4e28ba-2fa1-41d2-883f-0016d3cca427", day=date(2026, 12, 1), say="户口登记最晚这一天办好", note=None
)


def an_item(number: int = 1, **changes: object) -> SlipItem:
    """An item that is applied for and takes ten working days."""
    item = SlipItem(
        number=number,
        name="户口登记",
        how="",
        is_automatic=False,
        is_in_person=False,
        doubt=None,
        step="在申请表上勾选开具落户介绍信。",
        where="和其他事一起网上申请。办好后到派出所打印户口页。",
        limit="公安部门收到材料后，10 个工作日内办。",
        limit_short="10 个工作日",
        department="公安部门",
        forgotten="户口没办，后面这些接不上。",
        section="四(一)4",
    )
    return item.model_copy(update=changes)


def a_paper(name: str = "居民户口簿", **changes: object) -> SlipPaper:
    """A paper whose original is wanted."""
    paper = SlipPaper(
        name=name,
        details="原件",
        certain=True,
        reason="您要落家庭户",
        items=(1,),
        instead=(),
        note=None,
        state=None,
        section="附件2 五(二)7",
    )
    return paper.model_copy(update=changes)


def a_slip(**changes: object) -> Slip:
    """A short list of Henan, made on 23 November 2026 and good through 23 December."""
    slip = Slip(
        region="河南",
        made_at=MADE_AT,
        good_until=date(2026, 12, 23),
        has_order=True,
        place=None,
        limits=("从受理到办结：18 个工作日（从受理起算）。",),
        items=(an_item(),),
        papers=(a_paper(),),
        note=None,
        sections="附件2 五(二)7",
        warnings=(),
        spared=(SlipSpared(names=("结婚证",), reason="清单里没有。", section="附件2 五(二)"),),
        tips=("先等通知，再上网提交。",),
        dates=(),
        ask_whom="安置地县（区）级退役军人服务中心，或者打 12345 热线",
        guides=(SlipGuide(title="实施方案", doc_no="豫〔2024〕63号", valid_from=date(2024, 11, 21)),),
    )
    return slip.model_copy(update=changes)


def handing_out(slip: Slip, token: str = TOKEN, release: str = RELEASE) -> ActionResult:
    """What the action answers."""
    data = {"token": token, "content": slip.model_dump(mode="json"), "release": release}
    shown = {"url": f"http://app/slip/{token}", "path": f"/slip/{token}", "good_until": "2026-12-23"}
    reply = Reply(kind="notice", text=f"清单做好了：\nhttp://app/slip/{token}\n30 天内有效。", data={"slip": shown})
    return ActionResult(replies=(reply,), memory=Memory(), effects=(Effect(kind="keep_slip", data=data),))
