"""Forecasts (规则推演): the rules of a day to come, or one rule with another value, asked about a whole register."""
