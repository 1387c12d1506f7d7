"""Pages of taking files in: the batches, one batch, and what can be done with it."""
