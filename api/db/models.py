"""All tables of the app. Rasa keeps its tracker in the schema `rasa` beside them.

Raw personal data stands in `sealed` columns only (AES-GCM); what must be found again has an HMAC beside it.
Every time is an instant (timestamptz).
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, LargeBinary, MetaData, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NOW = text("now()")
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(none_as_null=True),
        bytes: LargeBinary,
    }


def running_number() -> Mapped[int]:
    """A primary key that grows."""
    return mapped_column(BigInteger, Identity(always=True), primary_key=True)


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
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    last_message_at: Mapped[datetime | None]
    outage_told_at: Mapped[datetime | None]
    """When the person was told that answers are delayed; null again as soon as Rasa has answered."""


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
    sent_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]


class Transcript(Base):
    """What was said, masked. `speaker` is `person`, `bot`, `counselor` or `system`."""

    __tablename__ = "transcript"
    __table_args__ = (Index("ix_transcript_conversation_id_id", "conversation_id", "id"),)

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    turn_id: Mapped[uuid.UUID | None]
    speaker: Mapped[str]
    text: Mapped[str]
    reply: Mapped[dict[str, Any] | None]
    knowledge_release: Mapped[str | None]
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


class CaseFile(Base):
    """One application of a veteran, opened by a department or the provincial platform."""

    __tablename__ = "case_file"

    id: Mapped[int] = running_number()
    case_no: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str]
    id_number_sealed: Mapped[bytes]
    id_number_index: Mapped[bytes] = mapped_column(index=True)
    last_four_index: Mapped[bytes]
    """HMAC of the last four characters together with the case number, so that equal endings look different."""
    phone_sealed: Mapped[bytes | None]
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    accepted_at: Mapped[datetime]
    platform_no: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class CaseItem(Base):
    """How far one item of a case has come."""

    __tablename__ = "case_item"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str]
    status: Mapped[str]
    since: Mapped[datetime]
    due: Mapped[date | None]


class CaseEvent(Base):
    """What a department reported about an item, kept as it came."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "event_id"),)

    id: Mapped[int] = running_number()
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    event_id: Mapped[str]
    item: Mapped[str]
    status: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)


class CaseBinding(Base):
    """A conversation that has proved a case and needs no proof again."""

    __tablename__ = "case_binding"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    bound_at: Mapped[datetime] = mapped_column(server_default=NOW)


class WrongProof(Base):
    """A wrong proof, counted for the conversation and, by HMAC of the number, for the case that was asked for."""

    __tablename__ = "wrong_proof"
    __table_args__ = (Index(None, "conversation_id", "at"), Index(None, "case_no_index", "at"))

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    case_no_index: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
