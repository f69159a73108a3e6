"""What is said without being asked: news of cases, reminders of own steps, the question how it was."""
