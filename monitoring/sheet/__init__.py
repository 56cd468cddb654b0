"""The plan as the council's own spreadsheet, both ways: read and loaded, and written out again."""
