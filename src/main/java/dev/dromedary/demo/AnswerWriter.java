package dev.dromedary.demo;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Puts answers on one connection, in the framing, at the pace and with the ending they ask for. */
final class AnswerWriter {

  private static final int MOST_AT_ONCE = 1 << 20;
  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          206, "Partial Content",
          302, "Found",
          304, "Not Modified",
          404, "Not Found",
          416, "Range Not Satisfiable",
          503, "Service Unavailable");

  private final SocketChannel channel;
  private final Pacer pacer;
  private final LongSupplier originRate;
  private long connectionRate;

  /** Creates a writer; {@code originRate} is the rate of every connection, 0 for none. */
  AnswerWriter(SocketChannel channel, Pacer pacer, LongSupplier originRate) {
    this.channel = channel;
    this.pacer = pacer;
    this.originRate = originRate;
  }

  /**
   * Writes one answer.
   *
   * @return whether the connection is as the client expects it and may be used again
   */
  boolean write(Answer answer, boolean headOnly, SeenRequest seen) throws IOException {
    seen.answered(answer.status());
    if (answer.pace().forConnection()) {
      connectionRate = answer.pace().bytesPerSecond();
    }
    if (answer.status() != 0) {
      writeFully(encodeHead(answer));
    }
    if (headOnly && answer.status() != 0) {
      return !answer.closes();
    }
    writeBody(answer, seen);
    return end(answer.ending()) && !answer.closes();
  }

  private void writeBody(Answer answer, SeenRequest seen) throws IOException {
    BodyFraming framing = new BodyFraming(answer.coding());
    long left = answer.ending().afterBytes();
    long sent = 0;
    for (Answer.Piece piece : answer.body()) {
      long position = piece.from();
      long until = piece.from() + Math.min(left, piece.lengthBytes());
      left -= until - position;
      while (position < until && !framing.isBroken()) {
        long rate = rate(answer, sent);
        int most = (int) Math.min(Pacer.writeSize(rate, MOST_AT_ONCE), until - position);
        ByteBuffer bytes = piece.content().slice(position, most);
        int size = bytes.remaining();
        sent = writeCounted(framing.frame(bytes), size, sent, seen);
        pacer.spend(size, rate);
        position += size;
      }
    }
    if (answer.bodyLengthBytes() <= answer.ending().afterBytes()) {
      writeFully(framing.last());
    }
  }

  private long writeCounted(ByteBuffer[] framed, int size, long before, SeenRequest seen)
      throws IOException {
    seen.sent(before + size);
    try {
      writeFully(framed);
      return before + size;
    } catch (IOException e) {
      seen.sent(before + size - Math.min(size, remaining(framed)));
      throw e;
    }
  }

  private void writeFully(ByteBuffer... buffers) throws IOException {
    while (remaining(buffers) > 0) {
      channel.write(buffers);
    }
  }

  private static long remaining(ByteBuffer... buffers) {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer.remaining();
    }
    return sum;
  }

  private long rate(Answer answer, long sentBytes) {
    long slowest = Long.MAX_VALUE;
    for (long rate :
        new long[] {answer.pace().after(sentBytes), connectionRate, originRate.getAsLong()}) {
      slowest = rate > 0 ? Math.min(slowest, rate) : slowest;
    }
    return slowest == Long.MAX_VALUE ? 0 : slowest;
  }

  private boolean end(Answer.Ending ending) throws IOException {
    ending.before().run();
    switch (ending.kind()) {
      case COMPLETE -> {
        return true;
      }
      case CLOSE -> {}
      case RESET -> channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      case STALL -> awaitClose(ending.limit());
    }
    return false;
  }

  /** Waits until the client closes its side, reading what it still says. */
  void awaitClose(Duration limit) throws IOException {
    byte[] ignored = new byte[1024];
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      long left = limit.toMillis();
      int read = 0;
      while (left > 0 && read >= 0) {
        channel.socket().setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        read = channel.socket().getInputStream().read(ignored);
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      }
    } catch (SocketTimeoutException e) {
      return;
    }
  }

  /** Returns status line and header fields as they go on the wire. */
  static ByteBuffer encodeHead(Answer answer) {
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(answer.status()).append(' ');
    head.append(REASONS.getOrDefault(answer.status(), "Status " + answer.status()));
    for (Field field : answer.fields()) {
      head.append("\r\n").append(field.name()).append(": ").append(field.value());
    }
    return ByteBuffer.wrap(
        head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
