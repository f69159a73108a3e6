"""What the parent process does: set up the environments, start PostgreSQL, Rasa and the app, and watch over them."""
