"""One deed done to many actions: chosen, looked at row by row, and done to all of them or to none."""
