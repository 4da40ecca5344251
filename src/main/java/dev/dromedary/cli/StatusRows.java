package dev.dromedary.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code status} shows: facts of the service, below them what runs and waits.
 *
 * @param facts at least one
 * @param transfers nothing where nothing runs or waits
 */
record StatusRows(List<String> facts, List<String> transfers) {

  StatusRows {
    facts = List.copyOf(facts);
    transfers = List.copyOf(transfers);
  }

  /** Returns all of it. */
  List<String> all() {
    List<String> rows = new ArrayList<>(facts);
    if (!transfers.isEmpty()) {
      rows.add("");
      rows.addAll(transfers);
    }
    return rows;
  }

  /**
   * Returns as many rows as fit, the last ones telling of those that do not; of both something.
   *
   * @param most how many, 1 or more
   */
  List<String> fitting(int most) {
    List<String> all = all();
    if (all.size() <= most) {
      return all;
    }
    int below = Math.min(transfers.size(), Math.max(most / 2, most - facts.size()));
    List<String> rows = new ArrayList<>(fitting(facts, most - below));
    rows.addAll(fitting(transfers, below));
    return rows;
  }

  private static List<String> fitting(List<String> rows, int most) {
    if (rows.size() <= most || most < 2) {
      return rows.stream().limit(most).toList();
    }
    List<String> fitting = new ArrayList<>(rows.subList(0, most - 1));
    fitting.add("and " + (rows.size() - most + 1) + " more rows");
    return fitting;
  }
}
