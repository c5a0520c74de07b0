"""What comes again: rules in the text of RFC 5545 (RRULE), their days, and how they are said."""
