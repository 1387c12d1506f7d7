"""统一受理: cases that the city's unified acceptance platform hands over, and every step of every case told back to it."""
