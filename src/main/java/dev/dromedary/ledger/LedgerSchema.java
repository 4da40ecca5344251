package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables to the newest version.
 *
 * <p>Starting Flyway costs 300 ms, even when it has nothing to do, out of the two seconds a first
 * request may take. So it is started only for a ledger of an older program: a current one is
 * recognised by its history, and an empty one gets the same migrations and history in one
 * transaction.
 */
final class LedgerSchema {

  /** Every migration in its order; a test compares it with the directory and with Flyway. */
  static final List<String> MIGRATIONS =
      List.of(
          "V1__ledger.sql",
          "V2__paused_sources.sql",
          "V3__asked.sql",
          "V4__resource.sql",
          "V5__delivering_for.sql");

  static final String LOCATION = "dev/dromedary/ledger/migration";
  private static final String HISTORY = "flyway_schema_history";

  private LedgerSchema() {}

  /**
   * Runs what is missing. Idempotent.
   *
   * @param database its connections begin transactions with the write lock
   * @throws DromedaryException when the database was written by a newer program, or is no ledger
   */
  static void migrate(DataSource database, Path file) throws SQLException, IOException {
    int newest = MIGRATIONS.size();
    int installed;
    try (Connection connection = database.getConnection()) {
      WriteAheadLog.switchOn(connection);
      installed = isEmpty(connection) ? create(connection, file) : installed(connection, file);
    }
    if (installed > newest) {
      throw new DromedaryException(
          FailureCode.LEDGER,
          "ledger "
              + file
              + " has version "
              + installed
              + ", this program knows up to "
              + newest
              + ": start the newer program that wrote it");
    }
    if (installed < newest) {
      flyway(database).migrate();
    }
  }

  static Flyway flyway(DataSource database) {
    return Flyway.configure(LedgerSchema.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:" + LOCATION)
        .table(HISTORY)
        .loggers("slf4j")
        .load();
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_master LIMIT 1")) {
      return !tables.next();
    }
  }

  /** Makes everything unless another process just did. */
  private static int create(Connection connection, Path file) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (!isEmpty(connection)) {
        connection.rollback();
        return installed(connection, file);
      }
      for (String migration : MIGRATIONS) {
        statement.executeUpdate(script("migration/" + migration));
      }
      statement.executeUpdate(script("history.sql"));
      connection.commit();
      return MIGRATIONS.size();
    }
  }

  /** Returns the newest version that is installed, 0 when the last one failed. */
  private static int installed(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String known = "SELECT 1 FROM sqlite_master WHERE name = '" + HISTORY + "'";
      try (ResultSet tables = statement.executeQuery(known)) {
        if (!tables.next()) {
          throw LedgerFailure.noLedger(file);
        }
      }
      String last =
          "SELECT version, success FROM " + HISTORY + " ORDER BY installed_rank DESC LIMIT 1";
      try (ResultSet newest = statement.executeQuery(last)) {
        return newest.next() && newest.getBoolean("success") ? newest.getInt("version") : 0;
      }
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream in = LedgerSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
