"""Replies in the form of text messages: each whole on one page of two parts, or divided where a reader pauses.

What is said: a reply that fits is sent as it is, else its shorter text. Of one that does not fit either, the first page
is sent; its last line says by which number the next one comes. That is the first number that means nothing else, so 1
wherever no choices are open. Beside a first page the question that closes the answer is sent at once, so that a long
answer never hides it; it comes again after the last page, as a question does after every interruption.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.channels.plain_text import plain
from bot.guard import turns_page
from bot.message import Page, Pages, Reply
from bot.page_breaks import Sizes, break_pages
from bot.text_message import TWO_PARTS_UNITS, units
from bot.wording import Wording

FROM_A_GUIDE = ("answer", "result", "materials", "progress")
"""Kinds that are read in their order; any other short reply at the end of an answer need not wait for them."""
MORE = "更多"
"""The word by which an answer offers what it holds back."""
NUMBERED = re.compile(r"(?:^|[：；\s])(\d{1,3})[.．]\s", re.MULTILINE)
"""The number of an item in a list, at the beginning of a line or within one."""


def divide(replies: Sequence[Reply], highest_number: int, wording: Wording) -> tuple[list[Reply], Pages | None]:
    """What is sent now, and what waits. `highest_number`: numbers up to this one take a choice."""
    shown = [highest_number, *map(_highest_number, replies)]
    number = max(shown) + 1
    divided = [_pages_of(reply, place, number, wording) for place, reply in enumerate(replies)]
    sheets = _sheets(divided)
    if len(sheets) == 1:
        return _said(replies, sheets[0]), None
    closing = _closing(replies, divided)
    asked = [page for page in closing if page.choices]
    now, *waiting = [tuple(page for page in sheet if page not in closing) for sheet in sheets]
    waiting[-1] = (*waiting[-1], *asked)
    return _said(replies, (*now, *closing)), Pages(number=number, replies=tuple(replies), waiting=tuple(waiting))


def asks_for_next(text: str, pages: Pages) -> bool:
    """Whether the message turns the page. 「更多」 does too until a page that offers more by this word was sent."""
    offers = any(MORE in reply.text for reply in pages.replies)
    is_yet_to_come = any(MORE in page.text for sheet in pages.waiting for page in sheet)
    return turns_page(text, pages.number, more_means_it=is_yet_to_come or not offers)


def next_pages(pages: Pages) -> tuple[list[Reply], Pages | None]:
    """What is sent now of what waits, and what still waits then."""
    now, *waiting = pages.waiting
    left = pages.model_copy(update={"waiting": tuple(waiting)}) if waiting else None
    return _said(pages.replies, now), left


def _said(replies: Sequence[Reply], pages: Iterable[Page]) -> list[Reply]:
    return [
        replies[page.reply].model_copy(update={"text": page.text, "choices": page.choices, "form": "text_message"})
        for page in pages
    ]


def _sheets(divided: Sequence[Sequence[Page]]) -> list[list[Page]]:
    """What is sent together: everything up to a page that has another one behind it."""
    sheets: list[list[Page]] = [[]]
    for pages in divided:
        for page in pages[:-1]:
            sheets[-1].append(page)
            sheets.append([])
        sheets[-1].append(pages[-1])
    return sheets


def _closing(replies: Sequence[Reply], divided: Sequence[Sequence[Page]]) -> list[Page]:
    """The short replies at the end that do not speak from a guide: the open question, a notice."""
    closing: list[Page] = []
    for reply, pages in zip(reversed(replies), reversed(divided), strict=True):
        if len(pages) > 1 or reply.kind in FROM_A_GUIDE:
            break
        closing.insert(0, pages[0])
    return closing


def _highest_number(reply: Reply) -> int:
    """The highest number that a choice or an item of a list in the reply bears."""
    numbers = [int(number) for number in NUMBERED.findall(reply.text)]
    return max([*numbers, *(choice.number for choice in reply.choices)], default=0)


def _pages_of(reply: Reply, place: int, number: int, wording: Wording) -> list[Page]:
    full = plain(reply, wording)
    brief = plain(reply.model_copy(update={"text": reply.brief or reply.text}), wording, brief=True)
    # An emoji where the two parts join would leave a unit of the first one empty.
    last_page = TWO_PARTS_UNITS - any(char > "\uffff" for char in full.whole)
    for said in (full, brief):
        if units(said.whole) <= last_page:
            return [Page(reply=place, text=said.whole, choices=reply.choices)]
    longest = wording.say("next_page", left=len(brief.whole), number=number)
    pages = break_pages(brief, reply.choices, Sizes(last_page, page=last_page - units(f"\n{longest}")))
    ways_on = [wording.say("next_page", left=left, number=number) for left in range(len(pages) - 1, 0, -1)]
    texts = ["\n".join(lines) for lines in zip((page.text.strip() for page in pages), ways_on, strict=False)]
    return [
        Page(reply=place, text=text, choices=page.choices)
        for text, page in zip([*texts, pages[-1].text.strip()], pages, strict=True)
    ]
