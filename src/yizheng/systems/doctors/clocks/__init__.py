"""The clocks of the register of doctors: what falls due by the passing of time (``registration``, ``permits``)."""
