"""What files about people have in common."""
