package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CONNECTION_LOST;

import dev.dromedary.demo.BackendFault.BytesAfterBody;
import dev.dromedary.demo.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Connections that stay open and are used again by other sources (I1, I6). What one answer left on
 * them must not be taken for the next one.
 */
class ReuseScenariosIT extends ScenarioTable {

  @Override
  Map<String, String> settings() {
    return Map.of("transfer.concurrency", "2", "retry.tries", "6");
  }

  @Override
  boolean sharesHost() {
    return true;
  }

  @Override
  List<Scenario> rows() {
    Fault second = new BytesAfterBody("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    Fault noise = new BytesAfterBody("\r\nnoise\r\n");
    Fault page = new BytesAfterBody("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    List<Scenario> rows = new ArrayList<>();
    rows.add(
        of("a second answer after each body", 20_000_000)
            .entry("connections", "2")
            .always(second)
            .afterAny(CONNECTION_LOST)
            .requests(2, 60)
            .refetched(0, 20_000_000));
    for (int i = 1; i <= 3; i++) {
      rows.add(of("small, a second answer after the body, " + i).always(second).among());
      rows.add(of("small, a second status after the body, " + i).always(page).among());
      rows.add(of("small, noise after the body, " + i).always(noise).among());
      rows.add(of("small, by the book beside the others, " + i).among());
    }
    return rows;
  }
}
