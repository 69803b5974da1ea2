"""Every list of the screens as a workbook: which there are, and making one."""
