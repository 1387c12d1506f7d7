"""The platform inspects itself: probes with limits, readings kept as the inspection record the contract asks for."""
