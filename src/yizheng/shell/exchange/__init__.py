"""Pages of exchange with other authorities: packages in and out, receipts, reconciliation, partners; HTTP only."""
