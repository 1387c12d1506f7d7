"""执业资质监管: rules over the registers and over what was done under them, each finding a clue for a person to verify."""
