"""People who work at the consoles: accounts, rights, sessions, the log of their acts, and what pages are told live."""
