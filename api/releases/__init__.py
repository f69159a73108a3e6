"""Releases of the knowledge: numbered, never changed, the newest is what is spoken from."""
