"""The routes of the consoles: signing in, the desk and the studio."""
