"""Takes personal numbers out of what people write, before anything stores or forwards it."""

from bot.masking.kinds import Kind
from bot.masking.masker import Found, Masked, mask

__all__ = ["Found", "Kind", "Masked", "mask"]
