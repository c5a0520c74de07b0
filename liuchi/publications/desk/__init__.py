"""The desk's pages: lessons, lectures, leaflets, the list of services."""
