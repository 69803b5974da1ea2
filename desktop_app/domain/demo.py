"""Who opens a demo school. It is told to everybody: there is nothing real in one."""

DEMO_USER = "demo"
DEMO_PASSWORD = "demo"  # noqa: S105 - see above
