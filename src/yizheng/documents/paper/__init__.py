"""What is printed: pages set and signed marks drawn, certificates sent to the printer."""
