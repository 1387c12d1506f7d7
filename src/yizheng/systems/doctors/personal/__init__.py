"""A doctor's own data and her certificate printed again."""
