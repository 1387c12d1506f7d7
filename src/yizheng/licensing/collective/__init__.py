"""Many cases at once: dossiers of a list of people, batches of a desk."""
