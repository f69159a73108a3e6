"""Counselors at work: who waits, who holds which conversation, and what is said in it."""
