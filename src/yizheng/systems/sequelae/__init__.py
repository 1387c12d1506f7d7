"""Health of people left ill by SARS: one record a person over many years of examinations."""
