"""补证、换证: the licence is made again, or its term goes on."""
