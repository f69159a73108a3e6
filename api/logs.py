"""Logs as JSON lines, one form for our code and for libraries, with personal numbers masked last of all."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from bot.masking import mask

# Ids and times of our own making, which only look like numbers of people.
LEFT_ALONE = {"turn", "timestamp", "level", "reference", "logger"}
QUIET = ("httpx", "httpcore", "sqlalchemy", "asyncio", "uvicorn.access", "bm25s")
SILENT = ("telegram",)
"""What these log is what people sent; our own code says what went wrong."""
BOT_TOKEN = re.compile(r"[0-9]{5,}:[A-Za-z0-9_-]{16,}", re.ASCII)


def configure_logs(level: str) -> None:
    """Sends everything that is logged in this process to standard output."""
    shared: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        mask_everything,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def mask_everything(_: Any, __: str, event: EventDict) -> EventDict:
    """Masks every text of a log line, tracebacks included."""
    return {key: value if key in LEFT_ALONE else _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(BOT_TOKEN.sub("[token]", value)).text
    if isinstance(value, dict):
        return {key: _masked(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(one) for one in value]
    return value
