"""The knowledge studio: entries as forms, what is wrong with them in Chinese, and what an editor meets first."""
