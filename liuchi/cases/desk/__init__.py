"""The desk's pages of cases: inbox, case, taking a report, dispatch sheet."""
