"""The clock of a case and the calendar it counts by."""
