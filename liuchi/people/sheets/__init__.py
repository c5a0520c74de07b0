"""Units and staff from a workbook: a template that we write, a reader, and a plan that says what would happen."""
