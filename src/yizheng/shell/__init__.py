"""The face: base templates, components, styles, keys and navigation of every page of the platform."""
