"""The place where a child is admitted, and the forms it shares with the child's page."""
