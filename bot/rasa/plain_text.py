"""Takes a person's text as text, also when it starts with a slash.

Rasa 3.6.21 reads `/restart` or `/ask_human{"a": 1}` as an order to itself, whoever sends it. Here every
message is understood by the pipeline like any other.
"""

from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.message import Message


def leave_unread(_: RegexMessageHandler, messages: list[Message], domain: Domain | None = None) -> list[Message]:
    """The messages as they came."""
    return messages


def read_no_orders_in_messages() -> None:
    """Switches the slash orders off, for this process."""
    RegexMessageHandler.process = leave_unread
