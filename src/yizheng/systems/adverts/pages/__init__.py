"""The pages of adverts that no other register has: the list of the desk, the public list and the check of a number."""
