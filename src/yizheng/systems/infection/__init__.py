"""Hospital infection control: reporting, statistics, detection of outbreaks."""
