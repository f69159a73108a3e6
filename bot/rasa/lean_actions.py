"""Measured repairs of how Rasa 3.6.21 calls custom actions.

1. Rasa builds and checks the JSON schema of action responses again at every response: 70 % of the time of a turn.
   Here the validator is built once.
2. Rasa sends the whole event history of the conversation with every call, so a call grows with the conversation.
   Our actions read slots, the latest message, the active loop and the latest action only, which is what
   `EventVerbosity.NONE` leaves in.
3. Rasa waits up to five minutes for an action; nobody waits that long for an answer.
"""

from typing import Any

from jsonschema import Draft7Validator
from rasa.core.actions import action as rasa_action
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

ACTION_TIMEOUT_SECONDS = 8


def call_without_history(
    action: rasa_action.RemoteAction, tracker: DialogueStateTracker, domain: Domain
) -> dict[str, Any]:
    """The body of a call to the app: which action, and the state of the conversation without its history."""
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": tracker.current_state(EventVerbosity.NONE),
    }


def repair_remote_actions() -> None:
    """Puts the repairs into Rasa's `RemoteAction`, for this process."""
    validator = Draft7Validator(rasa_action.RemoteAction.action_response_format_spec())

    def validate_once_built(action: rasa_action.RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    rasa_action.RemoteAction._validate_action_result = validate_once_built
    rasa_action.RemoteAction._action_call_format = call_without_history
    rasa_action.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_SECONDS
