"""Work orders: registered, answered, carried out and closed by entries in a ledger that is only added to."""
