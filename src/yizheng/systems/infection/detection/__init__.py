"""Statistical detection of outbreaks in series of counts; each method by its published formula, in numpy, many weeks at once."""
