package dev.dromedary.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads request heads off one connection; keeps what was sent ahead for the next one. */
final class RequestReader {

  /** The longest head that is read. */
  static final int LIMIT_BYTES = 64 * 1024;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(LIMIT_BYTES);

  RequestReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the next head; nothing when the client has closed the connection.
   *
   * @throws MalformedRequestException when it is longer than {@link #LIMIT_BYTES} or not HTTP
   */
  Optional<RequestHead> next() throws IOException, MalformedRequestException {
    int end = endOfHead(0);
    while (end < 0) {
      int known = buffer.position();
      if (!buffer.hasRemaining()) {
        throw new MalformedRequestException(431, "head longer than " + LIMIT_BYTES + " bytes");
      }
      if (channel.read(buffer) < 0) {
        return Optional.empty();
      }
      end = endOfHead(Math.max(0, known - 3));
    }
    String head = new String(buffer.array(), 0, end, StandardCharsets.ISO_8859_1);
    buffer.flip().position(end);
    buffer.compact();
    return Optional.of(parse(head));
  }

  private int endOfHead(int from) {
    byte[] bytes = buffer.array();
    for (int i = from; i + 3 < buffer.position(); i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private static RequestHead parse(String head) throws MalformedRequestException {
    List<String> lines = head.lines().toList();
    String[] first = lines.get(0).split(" ", -1);
    if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
      throw new MalformedRequestException(400, "request line '" + lines.get(0) + "'");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines.subList(1, lines.size() - 1)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new MalformedRequestException(400, "header line '" + line + "'");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new RequestHead(first[0], first[1], first[2], headers);
  }

  /** What came in is no request this server reads; carries the status to answer. */
  static final class MalformedRequestException extends Exception {
    private final int status;

    MalformedRequestException(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
