"""The headless door: the window's own actions, with arguments and JSON, for scripts and for checking figures."""

from desktop_app.cli.door import run

__all__ = ["run"]
