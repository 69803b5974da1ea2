"""Patterns in a child's attendance: one pure rule a module, each handing out the sessions it rests on."""
