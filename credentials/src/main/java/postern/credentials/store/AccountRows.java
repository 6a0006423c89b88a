package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import postern.credentials.Account;
import postern.credentials.Account.Holder;
import postern.credentials.Account.Holder.Device;
import postern.credentials.Account.Holder.Person;
import postern.credentials.LoginName;
import postern.credentials.Role;

/** The table {@code accounts}, one row at a time. */
final class AccountRows {

    private AccountRows() {}

    static Optional<Account> find(Handle sql, LoginName loginName, String rowLock) {
        return sql.createQuery("SELECT * FROM accounts WHERE login_name = :name" + rowLock)
                .bind("name", loginName.value())
                .map(AccountRows::account)
                .findOne();
    }

    static void insert(Handle sql, Account account) {
        sql.createUpdate("""
                        INSERT INTO accounts
                        (login_name, owner_group, person_group, second_step, enabled, mailbox, role, created_at)
                        VALUES (:login_name, :owner_group, :person_group, :second_step, :enabled, :mailbox, :role, :created_at)""").bindMap(columns(account)).execute();
    }

    static void update(Handle sql, Account account) {
        sql.createUpdate("""
                        UPDATE accounts SET owner_group = :owner_group, person_group = :person_group, second_step = :second_step,
                        enabled = :enabled, mailbox = :mailbox, role = :role WHERE login_name = :login_name""").bindMap(columns(account)).execute();
    }

    static Account account(ResultSet row, StatementContext context) throws SQLException {
        Person person = new Person(Rows.yes(row, "second_step"), Rows.optionalText(row, "person_group"));
        return new Account(
                new LoginName(row.getString("login_name")),
                Rows.optionalText(row, "owner_group").<Holder>map(Device::new).orElse(person),
                Rows.yes(row, "enabled"),
                new LoginName(row.getString("mailbox")),
                Rows.optionalText(row, "role").map(Role::valueOf),
                Rows.instant(row, "created_at"));
    }

    private static Map<String, @Nullable Object> columns(Account account) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("login_name", account.loginName().value());
        columns.put("enabled", Rows.yes(account.enabled()));
        columns.put("mailbox", account.mailbox().value());
        columns.put("role", account.role().map(Role::name).orElse(null));
        columns.put("created_at", account.createdAt().toEpochMilli());
        switch (account.holder()) {
            case Person(boolean secondStep, Optional<String> group) -> {
                columns.put("owner_group", null);
                columns.put("person_group", group.orElse(null));
                columns.put("second_step", Rows.yes(secondStep));
            }
            case Device(String ownerGroup) -> {
                columns.put("owner_group", ownerGroup);
                columns.put("person_group", null);
                columns.put("second_step", 0);
            }
        }
        return columns;
    }
}
