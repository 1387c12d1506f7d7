"""A memory lasts as long as its block."""

from collections.abc import Callable

from yizheng.kernel.remembering import Memory, changed, together


def counting() -> tuple[Callable[[], int], list[int]]:
    asked: list[int] = []

    def find() -> int:
        asked.append(1)
        return len(asked)

    return find, asked


def test_outside_of_a_block_every_question_is_asked_anew() -> None:
    memory: Memory[str, int] = Memory("outside")
    find, asked = counting()
    assert [memory.ask("a", find), memory.ask("a", find)] == [1, 2]
    memory.learn({"a": 9})
    assert memory.ask("a", find) == 3
    assert len(asked) == 3


def test_inside_it_is_asked_once_and_the_outermost_block_is_the_memory() -> None:
    memory: Memory[str, int] = Memory("inside")
    find, _ = counting()
    with memory.block():
        with memory.block():
            assert memory.ask("a", find) == 1
        assert memory.ask("a", find) == 1
        memory.learn({"b": 7})
        assert memory.ask("b", find) == 7
        memory.forget()
        assert memory.ask("a", find) == 2
    assert memory.ask("a", find) == 3


def test_what_is_remembered_of_many_is_not_asked_again() -> None:
    memory: Memory[int, str] = Memory("test_of_many", of=lambda key: key)
    asked: list[list[int]] = []

    def find(keys: list[int]) -> dict[int, str]:
        asked.append(keys)
        return {key: str(key) for key in keys if key < 9}

    assert memory.ask_many([1, 1, 9], find) == {1: "1"}
    with together(memory):
        assert memory.ask_many([1, 2], find) == {1: "1", 2: "2"}
        changed(2)
        assert memory.ask_many([1, 2, 9], find) == {1: "1", 2: "2"}
        assert memory.ask_many([2, 1], find) == {1: "1", 2: "2"}
    assert asked == [[1, 9], [1, 2], [2, 9]]


def test_what_is_not_remembered_is_told_in_the_order_asked() -> None:
    memory: Memory[str, int] = Memory("unknown")
    assert memory.unknown(["b", "a"]) == ["b", "a"]
    with memory.block():
        memory.learn({"a": 1})
        assert memory.unknown(["c", "a", "b"]) == ["c", "b"]
