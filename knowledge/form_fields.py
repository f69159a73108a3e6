"""Finds the fields of an application form that a message asks how to fill in: 政治面貌那栏填什么. A pure function."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Form, FormField
from knowledge.vocabulary import fold

MOST_FIELDS = 4
"""A word that more fields bear than these names none of them."""
_FILL = re.compile(
    r"(?:要|该|得|应该|应当)?(?:怎么|怎样|如何|咋个?|按怎)(?:填|写|勾)"
    r"|(?:填|写|勾)(?:什么|啥子?|哪个|哪儿|哪里|哪|谁的?|几|多少|么)"
    r"|(?:要不要|用不用|必须|一定要|非得?要?|能不能不)填|必填|(?:要|用)填(?:吗|不)|不填行|(?:可以|能)(?:不填|空着)"
)
_BOX = re.compile(r"(?:那|这|哪|的)?(?:一|个)?(?:栏目?|空格|格子?)")
_FORM = re.compile(r"(?:联办|联合)?(?:办理)?(?:申请|申报|登记)?(?:表单|表格|表)(?:上面?|里面?|里头|中)?的?")
_BESIDE = re.compile(
    r"请问|我想问|想问|问一下|一下|那个|这个|那张|这张|网上|里面|上面|申请时|的时候|申报|申请|信息|内容|材料|都|要|该|是|呢|啊|呀|吗|吧|我|俺"
)
_BRACKETED = re.compile(r"[（(](.*?)[）)]")
_SHORTEST = 2
_OF_THE_WORD = 0.5


@dataclass(frozen=True)
class FieldTalk:
    """What a message asks of a form. `unknown`: a field that it names and the form does not have. Neither: the form
    as a whole."""

    fields: tuple[FormField, ...] = ()
    unknown: str | None = None


def field_talk(form: Form, text: str) -> FieldTalk | None:
    """The fields that a text asks about; None when it asks about no form."""
    said = fold(text)
    box = _BOX.search(said) is not None
    if not _FILL.search(said) and not (box and _FORM.search(said)):
        return None
    rest = _bare(_BOX.sub("，", _FILL.sub("，", said)))
    by_label = _longest([(field, name) for field in form.fields for name in _names(field) if name in rest])
    if by_label:
        return FieldTalk(by_label)
    word = _bare(_BESIDE.sub("", _FORM.sub("", _BOX.sub("", _FILL.sub("", said)))))
    if len(word) < _SHORTEST:
        return FieldTalk() if box or _FORM.search(said) else None
    holding = tuple(field for field in form.fields if any(_holds(name, word) for name in _names(field)))
    found = holding or _most_alike(form, word)
    if found and len(found) <= MOST_FIELDS:
        return FieldTalk(found)
    return FieldTalk(unknown=word) if box and not found else None


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
