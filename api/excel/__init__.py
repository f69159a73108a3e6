"""Questions and answers as an Excel file: out, in, and what a file would change, shown before anything changes."""
