"""The engine of business items (事项): forms, checks, cases, routes, clocks and decisions."""
