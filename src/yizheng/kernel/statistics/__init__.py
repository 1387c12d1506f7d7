"""Statistics of counts and proportions, shared by every system: each function names its method and its source."""
