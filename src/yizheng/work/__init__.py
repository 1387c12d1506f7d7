"""The room of work: what happens behind a page, later, on a schedule, or with a second person's consent.

Jobs run in a PostgreSQL queue and show their progress; schedules are jobs that come due by the clock; the inbox tells
people what happened; an approval is one act that needs two persons.
"""
