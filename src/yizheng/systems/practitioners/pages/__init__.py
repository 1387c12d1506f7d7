"""The pages that every register of people has: roster, watch list, check of a staff list."""
