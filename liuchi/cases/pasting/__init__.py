"""A chat of a WeChat group, pasted at the desk, becomes drafts of requests ([README](README.md))."""
