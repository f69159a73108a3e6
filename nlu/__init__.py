"""How people phrase things: training examples, utterances for evaluation, components of the Rasa pipeline."""
