"""The parts of forms that people of every register fill in; one part a file."""
