"""The page of deadlines (期限), for every register that declares clocks."""
