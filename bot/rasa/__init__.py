"""All that the Rasa server reads, and the programs that train and start it. Runs in `.venv-rasa` only."""
