"""The registers in Excel: templates, what a workbook would change, and the list of shops out."""
