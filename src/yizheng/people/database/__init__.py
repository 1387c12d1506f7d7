"""Django names the backend by this package; see `base`."""
