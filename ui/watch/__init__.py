"""The place Watch list: what the law, the authority and the school's policy say must be looked at now."""
