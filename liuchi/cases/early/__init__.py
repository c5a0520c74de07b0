"""Early finding (早发现): a place where one matter is reported more often than usual - of places and matters, never of persons."""
