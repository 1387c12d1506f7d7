"""Finding people and cases: the search of the top bar, and that of one register of people."""
