"""Names of people and institutions: folding, pinyin, search keys."""

from yizheng.kernel.names.folding import fault_of_name, fold_name, same_name, tidy_name
from yizheng.kernel.names.pinyin import fold_pinyin, initials, pinyin, split_name, syllables
from yizheng.kernel.names.search import KeyKind, Query, bigrams, query_keys, search_keys

__all__ = [
    "KeyKind", "Query", "bigrams", "fault_of_name", "fold_name", "fold_pinyin", "initials", "pinyin", "query_keys",
    "same_name", "search_keys", "split_name", "syllables", "tidy_name",
]  # fmt: skip
