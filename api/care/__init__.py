"""Keeps the knowledge in order: what is to be looked at again, what is said twice or in two ways, what nobody needs."""
