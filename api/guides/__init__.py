"""The guides' own text: brought in, cut into its numbered sections, compared with the version before, and read out."""
