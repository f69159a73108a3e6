"""Conversations: what comes in, what goes out, what was said, and who is wanted."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class Conversation(Base):
    """One person on one channel. Its row is locked for the whole of a turn, which keeps the order."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("channel", "session_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    channel: Mapped[str]
    session_id: Mapped[str]
    owner: Mapped[str] = mapped_column(server_default="bot")
    owner_since: Mapped[datetime] = mapped_column(server_default=NOW)
    epoch: Mapped[int] = mapped_column(server_default="0")
    """Part of Rasa's sender id. Raising it gives the conversation a fresh tracker."""
    turns_in_epoch: Mapped[int] = mapped_column(server_default="0")
    state: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    """The committed `bot.message.Memory`."""
    speaker: Mapped[str] = mapped_column(server_default="self")
    """Who asks: `self`, `family` or `helper`; `relation` is the word by which the veteran was named."""
    relation: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    last_message_at: Mapped[datetime | None]
    outage_told_at: Mapped[datetime | None]
    """When the person was told that answers are delayed; null again as soon as Rasa has answered."""
    parked_at: Mapped[datetime | None]
    """Since when no reply reaches the person, because he blocked us; null again as soon as he writes."""
    warned_at: Mapped[datetime | None]
    """When the person was told what this channel says once at the beginning."""
    desk_region: Mapped[str | None]
    """Adcode of the centre that a counselor sent the person to; else the place that he named decides who sees him."""


class Inbox(Base):
    """A message as it came, sealed until it is handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "message_id"),
        Index("ix_inbox_unhandled", "conversation_id", "id", postgresql_where=text("handled_at IS NULL")),
    )

    id: Mapped[int] = running_number()
    channel: Mapped[str]
    message_id: Mapped[str]
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    turn_id: Mapped[uuid.UUID] = mapped_column(server_default=text("gen_random_uuid()"), unique=True)
    sealed: Mapped[bytes | None]
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)
    rank: Mapped[int | None] = mapped_column(BigInteger)
    """The place in the platform's order, before the order of arrival; null where it has none."""
    due_at: Mapped[datetime] = mapped_column(server_default=NOW)
    """From when on it may be handled. A little later than it came where deliveries overtake each other."""
    attempts: Mapped[int] = mapped_column(server_default="0")
    """How often a turn was begun, whatever became of it."""
    failures: Mapped[int] = mapped_column(server_default="0")
    """How often the turn failed although Rasa was up."""
    waiting_since: Mapped[datetime | None]
    """Set while the message waits for Rasa to come back."""
    answer: Mapped[dict[str, Any] | None]
    """Replies and state that the channel returned for this message; the same message gets the same answer."""
    answer_later: Mapped[bool] = mapped_column(server_default=text("false"))
    """True when `answer` was given before the turn was done, so that its replies go out through the outbox."""
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class Outbox(Base):
    """A reply that goes out on its own, not in the response to a message. The id is the cursor that clients see."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_conversation_id_id", "conversation_id", "id"),
        Index(
            "ix_outbox_unsent",
            "conversation_id",
            "id",
            postgresql_where=text("sent_at IS NULL AND parked_at IS NULL"),
        ),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    turn_id: Mapped[uuid.UUID | None]
    position: Mapped[int]
    speaker: Mapped[str] = mapped_column(server_default="bot")
    reply: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(server_default=NOW)
    parts_sent: Mapped[int] = mapped_column(server_default="0")
    """How many messages of a reply that needs several are out."""
    sent_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]


class Allowance(Base):
    """What a platform still takes for a person. Apart from the conversation, whose row a whole turn locks."""

    __tablename__ = "allowance"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    messages_left: Mapped[int]
    until: Mapped[datetime]


class Quarantine(Base):
    """What a channel delivered, proved and could not be used. Sealed, for whoever finds out why."""

    __tablename__ = "quarantine"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    sealed: Mapped[bytes]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class Transcript(Base):
    """What was said, masked. `speaker` is `person`, `bot`, `counselor` or `system`."""

    __tablename__ = "transcript"
    __table_args__ = (
        Index("ix_transcript_conversation_id_id", "conversation_id", "id"),
        Index("ix_transcript_turn_id", "turn_id"),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    turn_id: Mapped[uuid.UUID | None]
    speaker: Mapped[str]
    text: Mapped[str]
    reply: Mapped[dict[str, Any] | None]
    knowledge_release: Mapped[str | None]
    why: Mapped[dict[str, Any] | None]
    """How the question came to this reply, as `bot.message.Why`; for staff alone."""
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class PersonRequest(Base):
    """Somebody asked for a person, or needs one. Open until cancelled or closed."""

    __tablename__ = "person_request"
    __table_args__ = (
        Index(
            "ix_person_request_open",
            "id",
            postgresql_where=text("cancelled_at IS NULL AND claimed_at IS NULL AND closed_at IS NULL"),
        ),
        Index("ix_person_request_conversation_id", "conversation_id"),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    reason: Mapped[str]
    requested_at: Mapped[datetime] = mapped_column(server_default=NOW)
    cancelled_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Vault(Base):
    """A raw value that masking took out of the newest message, for an action that truly needs it."""

    __tablename__ = "vault"
    __table_args__ = (UniqueConstraint("conversation_id", "placeholder"), Index(None, "expires_at"))

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    placeholder: Mapped[str]
    kind: Mapped[str]
    sealed: Mapped[bytes]
    expires_at: Mapped[datetime]
