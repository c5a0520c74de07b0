"""The page for those who write programs: what there is, and lines that can be copied and run."""
