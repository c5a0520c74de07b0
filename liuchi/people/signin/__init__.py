"""Signing in: what django-allauth needs to know of this house."""
