"""The pages of the consoles: templates, words, styles and scripts."""
