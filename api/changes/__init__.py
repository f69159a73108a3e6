"""Change sets: what editors propose, looked at by a second person, and made a release."""
