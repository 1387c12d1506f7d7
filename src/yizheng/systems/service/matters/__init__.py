"""台账: what is led from its opening to its end by declared moves, each by whom it belongs to."""
