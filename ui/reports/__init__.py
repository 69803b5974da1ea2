"""The place Reports: what there is, what is asked, and the report itself, on the screen as on paper."""
