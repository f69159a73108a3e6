"""The commands of `tuiyi`: a module a command (or a group), with `register(line)` that adds it to the command line."""
