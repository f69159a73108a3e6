"""The command line `tuiyi`."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def tuiyi() -> None:
    """退役一件事助手: serve, train, talk and look after the data."""
