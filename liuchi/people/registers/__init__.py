"""The registers: businesses, new-employment groups, home-coming, and members in office who serve where they live."""
