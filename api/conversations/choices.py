"""What a pressed button says, now that its turn has come: its number, its label, or nothing any more.

The rule is that of the chat page: the choices of the newest offer are taken by their number. Those of an older one are
taken by their label, unless they belong to a question that is over.
"""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import Outbox
from bot.channels.web_page import ONCE_ONLY
from bot.message import Inbound, Reply


async def spoken(connection: AsyncConnection, conversation: uuid.UUID, inbound: Inbound) -> Inbound:
    """The message as if its button had been said; any other message as it is.

    Looked up only when the message is handled, so that who presses twice does not answer the next question too.
    """
    if inbound.taken is None:
        return inbound
    offers = select(Outbox.id, Outbox.reply).where(Outbox.conversation_id == conversation)
    row = (await connection.execute(offers.where(Outbox.id == inbound.taken.offer))).one_or_none()
    offer = Reply.model_validate(row.reply) if row else None
    choices = offer.choices if offer else ()
    label = next((one.label for one in choices if one.number == inbound.taken.number), None)
    if offer is None or label is None:
        return inbound.model_copy(update={"unread": "choice_gone"})
    with_choices = select(func.max(Outbox.id)).where(
        Outbox.conversation_id == conversation, func.jsonb_array_length(Outbox.reply["choices"]) > 0
    )
    if (await connection.execute(with_choices)).scalar_one() == inbound.taken.offer:
        return inbound.model_copy(update={"text": str(inbound.taken.number)})
    if offer.kind in ONCE_ONLY:
        return inbound.model_copy(update={"text": label, "unread": "choice_gone"})
    return inbound.model_copy(update={"text": label})
