"""Letters of a mailbox become requests, answers to ours are added to theirs ([README](README.md))."""
