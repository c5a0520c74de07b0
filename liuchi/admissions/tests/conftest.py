from liuchi.people.tests.conftest import place

__all__ = ["place"]
