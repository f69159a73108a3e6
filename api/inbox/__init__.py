"""Questions that got no good answer: gathered from the transcript, grouped by meaning, and seen to by editors."""
