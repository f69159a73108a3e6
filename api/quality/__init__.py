"""How good the answers are: marks by people and staff, and answers that wait for a counselor."""
