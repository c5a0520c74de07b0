"""What the tests of the whole house share."""

from liuchi.people.tests.conftest import place

__all__ = ["place"]
