"""From the forces to the city and back."""
