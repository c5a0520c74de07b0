"""Measurements that anybody can run again: see README.md."""
