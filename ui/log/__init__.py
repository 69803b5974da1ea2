"""The log form: one inline panel by which a call, a letter, a meeting or a visit is recorded, from any place."""
