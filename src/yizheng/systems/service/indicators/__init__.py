"""月报季评: indicators as data with formula, source and target; monthly sheets from live figures, quarters compared (10.6)."""
