"""The secrets that nobody set: made once, kept in a file that only their owner can read."""

import os
import secrets
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

SECRETS_FILE = "secrets.env"


def new_key() -> str:
    """Base64 of 32 random bytes."""
    return b64encode(secrets.token_bytes(32)).decode()


# By the name of the setting.
MAKERS: dict[str, Callable[[], str]] = {
    "hotline_secret": lambda: f"whsec_{new_key()}",
    "terminal_secret": lambda: f"whsec_{new_key()}",
    "telegram_secret": lambda: secrets.token_urlsafe(32),
    "data_key": new_key,
    "index_key": new_key,
    "action_token": lambda: secrets.token_urlsafe(32),
}


def ensure_secrets(folder: Path, set_elsewhere: set[str]) -> None:
    """Adds to the secrets file of the folder what is neither in it nor set elsewhere.

    A secret in the file is never changed: what was sealed with it must stay readable. Raises OSError.
    """
    file = folder / SECRETS_FILE
    kept = file.read_text() if file.exists() else ""
    names = {line.partition("=")[0] for line in kept.splitlines()}
    missing = [n for n in MAKERS if n not in set_elsewhere and f"TUIYI_{n.upper()}" not in names]
    if not missing:
        return
    lines = [f"TUIYI_{name.upper()}={MAKERS[name]()}\n" for name in missing]
    if kept and not kept.endswith("\n"):
        kept += "\n"
    folder.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{SECRETS_FILE}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(kept + "".join(lines))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
