"""Files that staff send in."""

from __future__ import annotations

from starlette.datastructures import UploadFile

from bot.masking import mask

LONGEST_NAME = 100


def file_name_of(file: UploadFile) -> str:
    """What the file is called, masked, without folders and signs that cannot be seen."""
    name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return mask("".join(sign for sign in name if sign.isprintable())).text[-LONGEST_NAME:]
