"""Analyses without identities: what each is made of, its figures with their denominators, and the warnings that belong to them."""
