"""What a Rasa process writes to standard error: warnings and errors, and no message of a person."""

import logging
import os
import warnings


class RejectionIsNormal(logging.Filter):
    """Drops the line with which Rasa reports, as an error, that a loop's action passed a message on."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps everything but a rejection; what really failed is told again by the caller, with its traceback."""
        return record.levelno != logging.ERROR or record.funcName != "run"


def quieten() -> None:
    """Sets the levels; `TUIYI_RASA_LOG_LEVEL` (WARNING) is for whoever looks for a fault.

    Python's own warnings (deprecated calls inside Rasa and its packages) say nothing to whoever runs the service.
    """
    level = os.environ.get("TUIYI_RASA_LOG_LEVEL", "WARNING")
    os.environ["LOG_LEVEL"] = level
    warnings.showwarning = lambda *_, **__: None
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    import rasa.utils.common
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    rasa.utils.common.configure_logging_and_warnings(logging.getLevelName(level))
    logging.getLogger("rasa.core.actions.action").addFilter(RejectionIsNormal())
