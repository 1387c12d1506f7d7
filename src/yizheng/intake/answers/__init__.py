"""回执: the user's own file with a column of errors, in its own kind and encoding; what was right stays as it was."""

from yizheng.intake.answers.writing import COLUMN, answer_beside, answer_name, write_answer

__all__ = ["COLUMN", "answer_beside", "answer_name", "write_answer"]
