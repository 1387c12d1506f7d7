"""The clauses of the contract as declarations: who owes what by when, what proves it, how it stands today."""
