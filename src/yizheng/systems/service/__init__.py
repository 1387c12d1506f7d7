"""The service contract: its clocks, its money and its obligations, carried out and proven by the platform itself."""
