"""What every register of people shares: one person, one identity, however many registers she stands in."""
