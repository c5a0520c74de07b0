"""Sheets of work orders (12345 工单) become requests, each once ([README](README.md))."""
