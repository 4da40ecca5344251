package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordStreamTest {

  @Test
  void takesAtOnceWhatHasCome_andAsksNoMoreThanThat() throws IOException {
    Connection connection = new Connection(new byte[20], new byte[7]);
    RecordStream stream = new RecordStream(connection);

    assertThat(stream.read(new byte[5])).isEqualTo(5);
    assertThat(stream.read(new byte[100])).isEqualTo(15);
    assertThat(connection.reads).isEqualTo(1);
    assertThat(stream.read(new byte[3])).isEqualTo(3);
    assertThat(stream.available()).isEqualTo(4);
    assertThat(stream.skip(9)).isEqualTo(4);
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void goesOnAfterATimeout() throws IOException {
    Connection connection = new Connection(new byte[] {1}, new byte[0], new byte[] {2, 3});
    RecordStream stream = new RecordStream(connection);

    assertThat(stream.read()).isEqualTo(1);
    assertThatThrownBy(stream::read).isInstanceOf(SocketTimeoutException.class);
    assertThat(stream.read()).isEqualTo(2);
    assertThat(stream.read(new byte[5])).isEqualTo(1);
  }

  @Test
  void tellsABacklog_whenTheConnectionHadAllItAskedFor() throws IOException {
    RecordStream stream =
        new RecordStream(new Connection(new byte[RecordStream.BUFFER_BYTES], new byte[9]));

    assertThat(stream.hasBacklog()).isFalse();
    stream.read();
    assertThat(stream.hasBacklog()).isTrue();
    stream.skip(RecordStream.BUFFER_BYTES);
    stream.read();
    assertThat(stream.hasBacklog()).isFalse();
  }

  /** Gives one piece a read; an empty one does not come in time. */
  private static final class Connection extends InputStream {

    private final Deque<byte[]> pieces;
    private int reads;

    Connection(byte[]... pieces) {
      this.pieces = new ArrayDeque<>(List.of(pieces));
    }

    @Override
    public int read() {
      throw new AssertionError("one byte is never asked of a connection");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      reads++;
      byte[] piece = pieces.poll();
      if (piece == null) {
        return -1;
      }
      if (piece.length == 0) {
        throw new SocketTimeoutException("nothing came");
      }
      System.arraycopy(piece, 0, into, offset, piece.length);
      return piece.length;
    }
  }
}
