"""Reports under the contract: figures counted from records alone, frozen when handed in, passed or questioned."""
