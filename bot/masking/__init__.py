"""Takes personal numbers out of what people write, before anything stores or forwards it."""

from bot.masking.kinds import Kind
from bot.masking.last_four import mask_last_four
from bot.masking.masker import Found, Masked, mask

__all__ = ["Found", "Kind", "Masked", "mask", "mask_last_four"]
