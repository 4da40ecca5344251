package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables to the newest version. Flyway costs several hundred milliseconds even when it
 * has nothing to do, so its history is looked at first and it runs only when a migration is
 * missing.
 */
final class LedgerSchema {

  /** Version of the newest migration in {@link #LOCATION}; a test holds the two together. */
  static final int NEWEST = 1;

  static final String LOCATION = "dev/dromedary/ledger/migration";
  private static final String HISTORY = "flyway_schema_history";

  private LedgerSchema() {}

  /**
   * Runs what is missing. Idempotent.
   *
   * @return whether anything had to be run
   * @throws DromedaryException when the database was written by a newer program
   */
  static boolean migrate(DataSource database, Path file) throws SQLException {
    int installed = installed(database);
    if (installed > NEWEST) {
      throw new DromedaryException(
          FailureCode.LEDGER,
          "ledger "
              + file
              + " has version "
              + installed
              + ", this program knows up to "
              + NEWEST
              + ": start the newer program that wrote it");
    }
    if (installed == NEWEST) {
      return false;
    }
    Flyway.configure(LedgerSchema.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:" + LOCATION)
        .table(HISTORY)
        .loggers("slf4j")
        .load()
        .migrate();
    return true;
  }

  /** Returns the newest version that is installed, 0 when none or when the last one failed. */
  private static int installed(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, null)) {
        if (!tables.next()) {
          return 0;
        }
      }
      String sql =
          "SELECT version, success FROM " + HISTORY + " ORDER BY installed_rank DESC LIMIT 1";
      try (Statement statement = connection.createStatement();
          ResultSet newest = statement.executeQuery(sql)) {
        return newest.next() && newest.getBoolean("success") ? newest.getInt("version") : 0;
      }
    }
  }
}
