"""知情同意: versions of the notice, consents and withdrawals, and who is left out of new uses."""
