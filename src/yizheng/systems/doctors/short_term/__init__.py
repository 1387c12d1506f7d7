"""Short-term practice of doctors from Hong Kong, Macau, Taiwan and abroad: what is read, written and certified."""
