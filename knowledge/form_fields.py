"""Finds the fields of an application form that a message asks how to fill in: 政治面貌那栏填什么. A pure function."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from knowledge.model import Form, FormField
from knowledge.vocabulary import fold

MOST_FIELDS = 4
"""A word that more fields bear than these names none of them."""
_FILL = re.compile(
    r"(?:要|该|得|应该|应当)?(?:怎么|怎样|如何|咋个?|按怎)(?:填|写|勾)"
    r"|(?:填|写|勾)(?:什么|啥子?|哪个|哪儿|哪里|哪|谁的?|几|多少|么)"
    r"|(?:要不要|用不用|必须|一定要|非得?要?|能不能不)填|必填|(?:要|用)填(?:吗|不)|不填行|(?:可以|能)(?:不填|空着)"
    r"|空着(?:交|行|得|中|可以|能)|(?:没|没有)[打标带]星"
)
_BOX = re.compile(r"(?:那|这|哪|的)?(?:一|个)?(?:栏目?|空格|(?<![合资规及价表性])格子?)(?!式)")
_FORM = re.compile(r"(?:联办|联合)?(?:办理)?(?:申请|申报|登记)?(?:表单|表格|表)(?:上面?|里面?|里头|中)?的?")
_BESIDE = re.compile(
    r"请问|我想问|想问|问一下|一下|那个|这个|那张|这张|网上|里面|上面|申请时|的时候|申报|申请|信息|内容|材料|都|要|该|是|呢|啊|呀|吗|吧|我|俺"
)
_BRACKETED = re.compile(r"[（(](.*?)[）)]")
_SHORTEST = 2
_OF_THE_WORD = 0.5
_CLAUSE_END = re.compile(r"[，。；！？、,;!?\s]+")
_MOST_OF_A_NAME = 8
_NO_PART_OF_A_NAME = re.compile(
    r"[我俺咱你您他她它这那哪啥谁咋怎吗呢嘛吧不没有是了过着几多少问写填勾说想知]|什么|如何|表|栏|格|到底|一共"
)
"""What stands in no name of a field: a piece with it is a clause, and nothing is said of it."""
_COUNTED = re.compile(r"[几多少]+个?(?:格子?|栏目?|空格?)")
"""Who asks how many boxes there are asks for none of them."""
_ADDRESS = re.compile(r"(?<![地住])址")


@dataclass(frozen=True)
class FieldTalk:
    """What a message asks of a form. `unknown`: a field that it names and the form does not have. Neither: the form
    as a whole."""

    fields: tuple[FormField, ...] = ()
    unknown: str | None = None


def field_talk(form: Form, text: str) -> FieldTalk | None:
    """The fields that a text asks about; None when it asks about no form, or in words that name none of its fields.

    The clause that speaks of the field is looked at before the others, which only lead to it.
    """
    said = _COUNTED.sub("", fold(_ADDRESS.sub("地址", text)))
    box, on_form = _BOX.search(said) is not None, _FORM.search(said) is not None
    if not _FILL.search(said) and not (box and on_form):
        return None
    asking = "，".join(one for one in _CLAUSE_END.split(said) if _FILL.search(one) or _BOX.search(one))
    before_box = _BOX.split(next((one for one in _CLAUSE_END.split(asking) if _BOX.search(one)), ""))[0]
    word = _word(before_box) or _word(asking)
    for clause in (before_box, asking, *([said] if len(_word(asking)) < _SHORTEST else ())):
        found = _named(form, clause)
        if found and len(found) <= MOST_FIELDS:
            return FieldTalk(found)
    if len(_word(said)) < _SHORTEST:
        return FieldTalk() if box or on_form else None
    if box and word in _bare(said) and _may_be_a_name(word):
        return FieldTalk(unknown=word)
    alike = _of_that_kind(form, said) if box or on_form else ()
    return FieldTalk(alike) if alike else None


def _named(form: Form, text: str) -> tuple[FormField, ...]:
    """The fields whose name stands in a text, or that its word is part of, looks like or sounds like."""
    word = _word(text)
    holding = tuple(
        field for field in form.fields if len(word) >= _SHORTEST and any(_holds(name, word) for name in _names(field))
    )
    rest = _bare(_BOX.sub("，", _FILL.sub("，", text)))
    by_label = _longest([(field, name) for field in form.fields for name in _names(field) if name in rest])
    if by_label and not (len(holding) == 1 and len(word) > max(map(len, _names(by_label[0])))):
        return by_label
    by_sound = tuple(field for field in form.fields if any(_sounds_like(name, word) for name in _names(field)))
    return holding or by_sound or (_most_alike(form, word) if len(word) >= _SHORTEST else ())


def _may_be_a_name(word: str) -> bool:
    """Whether a piece of a question is short and clear enough to be named as a field that the form does not have."""
    return _SHORTEST <= len(word) <= _MOST_OF_A_NAME and not _NO_PART_OF_A_NAME.search(word)


def _word(text: str) -> str:
    """What is left of a text without the words that only ask how a form is filled in."""
    return _bare(_BESIDE.sub("", _FORM.sub("", _BOX.sub("", _FILL.sub("", text)))))


def _sounds_like(name: str, word: str) -> bool:
    """Whether a word begins with a name in other characters: 籍惯 for 籍贯."""
    head = word[: len(name)]
    return len(head) == len(name) >= _SHORTEST and head[0] == name[0] and lazy_pinyin(head) == lazy_pinyin(name)


def _of_that_kind(form: Form, text: str) -> tuple[FormField, ...]:
    """The fields of the kind that a text names: 落户地址 and 常住地址 of 地址."""
    said = _bare(text)
    found = tuple(field for field in form.fields if any(name[-_SHORTEST:] in said for name in _names(field)[:1]))
    return found if len(found) <= MOST_FIELDS else ()


def _names(field: FormField) -> tuple[str, ...]:
    """The label without and within its brackets, and the other words for it."""
    inside = [one for one in _BRACKETED.findall(field.label) if len(one) > _SHORTEST]
    parts = [_BRACKETED.sub("", field.label), *inside, *field.aliases]
    return tuple(bare for bare in map(_bare, parts) if bare)


def _longest(found: list[tuple[FormField, str]]) -> tuple[FormField, ...]:
    """The fields with the longest of the names found."""
    longest = max((len(name) for _, name in found), default=0)
    return tuple(dict.fromkeys(field for field, name in found if len(name) == longest))


def _holds(name: str, word: str) -> bool:
    """Whether the characters of a word stand in a name in their order: 身份证号 in 居民身份证号码."""
    rest = iter(name)
    return all(character in rest for character in word)


def _most_alike(form: Form, word: str) -> tuple[FormField, ...]:
    """The fields that share the longest piece with a word, when it is half of the word."""
    shared = [(field, _shared(name, word)) for field in form.fields for name in _names(field)]
    longest = max((length for _, length in shared), default=0)
    if longest < max(_SHORTEST, _OF_THE_WORD * len(word)):
        return ()
    return tuple(dict.fromkeys(field for field, length in shared if length == longest))


def _shared(name: str, word: str) -> int:
    pieces = (word[start:end] for start in range(len(word)) for end in range(start + 1, len(word) + 1))
    return max((len(piece) for piece in pieces if piece in name), default=0)


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
