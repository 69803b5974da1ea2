"""Who may sign in: roles, classes, rights by name, first passwords."""
