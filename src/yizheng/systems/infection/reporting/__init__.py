"""上报: plans, what is missing, the life of a sheet from the ward to the city, and its corrections."""
