"""Backup and restore: one file that holds the whole installation, at one moment, without stopping it."""
