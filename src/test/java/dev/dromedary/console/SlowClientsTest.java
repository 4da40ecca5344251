package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or read slowly, or not at all, keep no supervisor from its answer. */
class SlowClientsTest extends ConsoleFixture {

  private static final int CLIENTS = 40;

  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void closeClients() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
        "POST /jolokia/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100000\r\n\r\n{"
      })
  void healthIsTold_whileOthersLeaveTheirRequestsUnfinished(String begun) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      Socket client = new Socket(InetAddress.getByName(address().getHost()), address().getPort());
      clients.add(client);
      client.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
    }

    long asked = System.nanoTime();
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(get("/health/ready").status()).isEqualTo(200);

    assertThat((System.nanoTime() - asked) / 1_000_000_000).as("seconds").isLessThan(10);
  }
}
