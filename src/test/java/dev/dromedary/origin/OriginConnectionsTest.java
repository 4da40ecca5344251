package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;

/** No connection outlives its request unless it is kept on purpose. */
class OriginConnectionsTest {

  @Test
  void socketOfAConnectionThatWasClosedBeforeIsClosedToo() throws IOException {
    ManagedHttpClientConnection connection =
        new OriginConnections(Http1Config.DEFAULT).createConnection(null);
    connection.close(CloseMode.IMMEDIATE);
    try (Socket socket = SocketChannel.open().socket()) {
      assertThatThrownBy(() -> connection.bind(socket)).isInstanceOf(InterruptedIOException.class);
      assertThat(socket.isClosed()).isTrue();
    }
  }
}
