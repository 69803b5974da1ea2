"""Letters: chosen, looked at one by one, made, printed and saved; and their templates."""
