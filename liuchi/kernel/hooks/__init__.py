"""Webhooks: other programs are told what happened, in order, until they have it or it is visibly stuck."""
