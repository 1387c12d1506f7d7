"""The parts of forms that registers of people share: who it is, her education, her employment."""
