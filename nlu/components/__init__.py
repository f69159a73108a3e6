"""Components of the Rasa pipeline; `bot/rasa/config.yml` names them."""
