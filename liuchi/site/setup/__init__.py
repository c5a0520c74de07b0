"""The first-run wizard: from an empty installation to the first report."""
