package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** However a ledger came to its tables, they are those of its migrations, and Flyway agrees. */
class LedgerSchemaTest {

  private static final String TABLES =
      "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name";
  private static final String HISTORY =
      "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
          + " FROM flyway_schema_history ORDER BY installed_rank";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @Test
  void makesAnEmptyLedgerTheWayFlywayWould() throws Exception {
    SQLiteDataSource ours = database("ours.db");
    SQLiteDataSource theirs = database("theirs.db");
    LedgerSchema.migrate(ours, directory);
    assertThat(LedgerSchema.flyway(theirs).migrate().migrationsExecuted)
        .isEqualTo(LedgerSchema.MIGRATIONS.size());

    assertThat(rows(ours, HISTORY)).isEqualTo(rows(theirs, HISTORY));
    assertThat(rows(ours, TABLES)).isEqualTo(rows(theirs, TABLES));
    assertThatCode(() -> LedgerSchema.flyway(ours).validate()).doesNotThrowAnyException();
    assertThat(LedgerSchema.flyway(ours).migrate().migrationsExecuted).isZero();
  }

  @Test
  void changesNothingTheSecondTime() throws Exception {
    SQLiteDataSource database = database("twice.db");
    LedgerSchema.migrate(database, directory);
    List<String> before = rows(database, "SELECT * FROM flyway_schema_history");
    LedgerSchema.migrate(database, directory);

    assertThat(rows(database, "SELECT * FROM flyway_schema_history")).isEqualTo(before);
  }

  @RepeatedTest(5)
  void isMadeOnce_whenManyOpenItAtOnce() throws Exception {
    Path file = directory.resolve("race.db");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> opening =
          () -> {
            try (Ledger opened = Ledger.open(file, Clock.systemUTC(), new Random(1))) {
              return opened.active().isEmpty();
            }
          };
      for (Future<Boolean> opened :
          threads.invokeAll(Collections.nCopies(8, opening), 30, TimeUnit.SECONDS)) {
        assertThat(opened.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(rows(database("race.db"), HISTORY)).hasSize(LedgerSchema.MIGRATIONS.size());
  }

  @Test
  void leavesWhatIsMissingToFlyway() throws Exception {
    SQLiteDataSource database = database("old.db");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      LedgerSchema.flyway(database).baseline();
      statement.executeUpdate("DELETE FROM flyway_schema_history");
    }
    LedgerSchema.migrate(database, directory);

    assertThat(rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        .contains("source ", "poll ", "transfer ", "attempt ");
  }

  @Test
  void knowsEveryMigrationInItsOrder() throws IOException, URISyntaxException {
    URL location = LedgerSchema.class.getClassLoader().getResource(LedgerSchema.LOCATION);
    assertThat(location).isNotNull();
    try (Stream<Path> files = Files.list(Path.of(location.toURI()))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(LedgerSchema.MIGRATIONS);
    }
    for (int i = 0; i < LedgerSchema.MIGRATIONS.size(); i++) {
      assertThat(LedgerSchema.MIGRATIONS.get(i)).startsWith("V" + (i + 1) + "__");
    }
  }

  private SQLiteDataSource database(String name) {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + directory.resolve(name));
    return database;
  }

  private static List<String> rows(SQLiteDataSource database, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.append(found.getString(i)).append(' ');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
