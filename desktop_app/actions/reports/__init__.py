"""The reports: each is made by one function of a context and what was asked, and all are shown, printed and put in a
workbook in the same way."""
