"""Django's PostgreSQL backend with one addition: every statement runs under the row scope in force.

The scope is set transaction-local, so it cannot outlive the transaction or leak to the next user of a
connection. It is compared before each statement rather than set once, so a scope that is entered or left in
the middle of a transaction, or lost by rolling back to a savepoint, is put right before the next row is read.
Outside a transaction a statement gets a transaction of its own.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base as postgresql
from psycopg.pq import TransactionStatus

from yizheng.kernel import rowscope

_APPLY = (
    "SELECT set_config('yizheng.scopes', %s, true), set_config('yizheng.subjects', %s, true), "
    "set_config('yizheng.access', %s, true), set_config('yizheng.account', %s, true)"
)
"""One statement sets everything the policies read; `true` makes it end with the transaction."""

Executor = Callable[[str, Any, bool, dict[str, Any]], Any]


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection that keeps the server's settings equal to the row scope in force."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the server holds now: None means not known.
        self._applied: rowscope.RowScope | None = rowscope.NOTHING
        self.execute_wrappers.append(self._under_scope)

    def create_cursor(self, name: str | None = None) -> Any:
        """Set the scope already here: COPY goes to the driver's cursor and past the execute wrappers."""
        if not self.connection.autocommit:
            self._bring_up_to_date()
        return super().create_cursor(name)

    def _under_scope(self, execute: Executor, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self._needs_own_transaction():
            with self.connection.transaction():
                self._bring_up_to_date()
                try:
                    return execute(sql, params, many, context)
                finally:
                    self._applied = rowscope.NOTHING
        if not self.connection.autocommit:
            self._bring_up_to_date()
        return execute(sql, params, many, context)

    def _needs_own_transaction(self) -> bool:
        return (
            rowscope.current() is not rowscope.NOTHING
            and self.connection.autocommit
            and self._status() is TransactionStatus.IDLE
        )

    def _bring_up_to_date(self) -> None:
        """Send the settings in one statement when they differ from what the server holds."""
        status = self._status()
        if status is TransactionStatus.IDLE:
            self._applied = rowscope.NOTHING
        elif status is not TransactionStatus.INTRANS:
            return
        wanted = rowscope.current()
        if self._applied != wanted:
            with self.wrap_database_errors:
                self.connection.execute(_APPLY, wanted.settings())
            self._applied = wanted

    def _status(self) -> TransactionStatus:
        status: TransactionStatus = self.connection.info.transaction_status
        return status

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # not in the stubs
        self._applied = None

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._applied = rowscope.NOTHING

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # not in the stubs
        self._applied = rowscope.NOTHING

    def init_connection_state(self) -> None:
        """A new connection holds no scope."""
        self._applied = rowscope.NOTHING
        super().init_connection_state()
