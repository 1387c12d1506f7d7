"""Commands of the documents room."""
