"""A reply for an operator of a hotline: what to read aloud first, then what there is to look at.

What operators type is as short as a telegram, and is written out before anybody is asked what it means.
"""

from __future__ import annotations

import re
from typing import Any

from bot.channels.plain_text import standing_alone
from bot.message import Reply
from bot.read_aloud import read_aloud
from bot.wording import Wording

KEYS = ("*", "#", "0")

_CALLER = r"(?:来电人|来电者|来电|来人|群众|市民|诉求人|当事人|老兵|退役军人|该同志|本人|对方|男士|女士|先生|男|女|其)"
_REPORTS = r"(?:来电(?![人者])|致电|称|问|咨询|询问|想问|要问|想知道|想了解|了解|反映|求助|说)"
_REPORTED = re.compile(rf"^\s*{_CALLER}?[\s，,：:。]*(?:{_REPORTS}+[\s，,：:。]*|(?=[\s，,：:]))")
_FOR_SOMEBODY = re.compile(
    r"^\s*[男女]?[\s，,]*(?:代|替|帮)(?P<who>儿子|女儿|丈夫|老公|妻子|爱人|父亲|母亲|爸爸|妈妈|孙子|弟弟|哥哥|战友|家人|亲戚|朋友)(?:来电|咨询|询问|问)*[\s，,：:]*"
)
_WRITTEN_OUT = (
    (re.compile("(?:要|需|须|用)否"), "要不要"),
    (re.compile("[可能]否"), "能不能"),
    (re.compile("有[否无]"), "有没有"),
    (re.compile("(?:几|多少)日"), "几天"),
    (re.compile("何[时日]"), "什么时候"),
    (re.compile("何[处地]"), "在哪里"),
    (re.compile("何人"), "谁"),
    (re.compile("何(?:材料|手续|证件|资料)"), "要哪些材料"),
    (re.compile("何意"), "是什么意思"),
    (re.compile("何为"), "什么是"),
    (re.compile("(?:为何|何故)"), "为什么"),
    (re.compile("如何"), "怎么"),
)
_LAST_WORD = (
    (re.compile(r"[\s，,](?:材料|所需材料|需材料|手续)[?？]?$"), "要带哪些材料"),
    (re.compile(r"[\s，,](?:时限|期限|时长|办结时限)[?？]?$"), "要几天"),
    (re.compile(r"[\s，,](?:地点|地址|办理地点)[?？]?$"), "在哪里办"),
    (re.compile(r"[\s，,](?:流程|程序|步骤)[?？]?$"), "怎么办"),
    (re.compile(r"[\s，,](?:费用|收费)[?？]?$"), "要多少钱"),
    (re.compile(r"[\s，,](?:依据|文号|出处)[?？]?$"), "的依据是什么"),
    (re.compile(r"[\s，,](?:条件|资格)[?？]?$"), "要什么条件"),
)
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PLACE_LAST = re.compile(
    r"^(?P<rest>.+?)[\s，,]+(?P<place>河南|海南|四川|河北|福建|[\u4e00-\u9fff]{2,4}[省市县区])[?？。]?$"
)


def written_out(text: str) -> str:
    """A message in the telegraph style of operators as the caller would say it; any other as it is."""
    who = _FOR_SOMEBODY.match(text)
    said = text[who.end() :] if who else _REPORTED.sub("", text, count=1)
    if not said.strip():
        return text
    for short, long in (*_WRITTEN_OUT, *_LAST_WORD):
        said = short.sub(long, said)
    said = _BETWEEN.sub("", _with_place_first(said.strip()))
    return f"我替{who['who']}问，{said}" if who else said


def said_by_key(text: str, wording: Wording) -> str:
    """What a single key stands for; any other message as it is."""
    key = {"＊": "*", "＃": "#"}.get(text, text)
    return wording.say(f"key.{key}") if key in ("*", "#") else text


def _with_place_first(said: str) -> str:
    """A place that stands by itself at the end is named first, as people do."""
    found = _PLACE_LAST.match(said)
    return f"{found['place']}，{found['rest']}" if found else said


def for_operator(reply: Reply, wording: Wording) -> Reply:
    """The reply whose text begins with what is read aloud, with the portions, the places and the keys in its data."""
    portions = read_aloud(reply, wording)
    whole = standing_alone(reply, wording).text
    first = portions[0] if portions else whole
    text = whole if reply.form or first == whole else wording.say("aloud.text", aloud=first, whole=whole)
    data = {**reply.data, "read_aloud": portions, "operator": _to_look_at(reply, wording)}
    return reply.model_copy(update={"text": text, "data": data})


def _to_look_at(reply: Reply, wording: Wording) -> dict[str, Any]:
    """Sections and ids, and what each key does now."""
    sections = [f"{one.doc_no or one.title} {one.section}" for one in reply.citations]
    choices = {str(one.number): one.label for one in reply.choices}
    return {
        "sections": list(dict.fromkeys(sections)),
        "knowledge_ids": list(reply.data.get("knowledge_ids", ())),
        "quick_keys": {**choices, **{key: wording.say(f"key.{key}") for key in KEYS}},
    }
