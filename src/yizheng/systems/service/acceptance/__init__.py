"""The documents of acceptance: the six deliverables of chapter 7 and the reports, written from records alone."""
