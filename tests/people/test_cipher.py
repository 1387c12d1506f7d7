"""Many at once give what one by one gives."""

from yizheng.people.enciphering import cipher


def test_many_digests_are_those_of_each() -> None:
    key, texts = cipher.new_key(), ["resident_id:11010519491231002X", "", "姓名" * 100]
    assert cipher.digests(key, texts) == [cipher.digest(key, text) for text in texts]


def test_what_is_enciphered_together_is_read_alone() -> None:
    keys = cipher.new_keys(3)
    plains, places = [b"a", b"b", b"c"], ["subject:1", "subject:2", "subject:3"]
    same = [keys[0], keys[0], keys[1]]
    sealed = cipher.encipher_many(same, plains, places)
    assert [cipher.decipher(key, text, place) for key, text, place in zip(same, sealed, places, strict=True)] == plains
    assert len(set(keys)) == len({text[:12] for text in sealed}) == 3
