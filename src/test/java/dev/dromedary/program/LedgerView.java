package dev.dromedary.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the ledger of a work directory says, read from outside, also while the program runs.
 *
 * @param file the database
 */
record LedgerView(Path file) {

  static LedgerView of(Path work) {
    return new LedgerView(work.resolve("ledger.db"));
  }

  /** Returns the state of the last transfer of each source; empty before there is a ledger. */
  Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    if (!Files.exists(file)) {
      return states;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT source_id, state FROM transfer ORDER BY id")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getString(2));
      }
      return states;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("no such table")) {
        return states;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Returns the state of the last transfer of the only source, or nothing yet. */
  String state() {
    return states().values().stream().findFirst().orElse("");
  }
}
