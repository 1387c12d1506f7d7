"""我的登记: a person's own page over all registers she stands in; systems add to it through `port`."""
