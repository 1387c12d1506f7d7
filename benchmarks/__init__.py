"""Measurements, one file a question: `./yizheng bench` asks them, `docs/performance.md` keeps the answers."""
