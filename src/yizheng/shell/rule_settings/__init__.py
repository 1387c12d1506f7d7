"""Pages of what is dated and set by people: values of rules, the working-day calendar, promised periods."""
