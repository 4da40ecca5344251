package dev.dromedary.demo;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One accepted connection: reads request heads and answers them until either side closes it. */
final class Connection {

  private static final Duration LINGER = Duration.ofSeconds(1);

  private final ScriptedOrigin origin;
  private final SocketChannel channel;
  private final int number;
  private final RequestReader reader;
  private final AnswerWriter writer;

  Connection(ScriptedOrigin origin, SocketChannel channel, int number, AnswerWriter writer) {
    this.origin = origin;
    this.channel = channel;
    this.number = number;
    this.reader = new RequestReader(channel);
    this.writer = writer;
  }

  /**
   * Serves until the connection is closed.
   *
   * @throws IOException when the client goes away in the middle or the origin closes
   */
  void serve() throws IOException {
    boolean open = true;
    while (open) {
      try {
        Optional<RequestHead> head = reader.next();
        open = head.isPresent() && answer(head.get());
      } catch (RequestReader.MalformedRequestException e) {
        refuse(e);
        open = false;
      }
    }
  }

  private boolean answer(RequestHead head) throws IOException {
    ScriptedOrigin.Exchange exchange = origin.receive(head, number);
    Answer answer = exchange.answer();
    boolean goesOn = head.keepsAlive() && !answer.closes();
    try {
      boolean reusable = writer.write(announceClose(head, answer), head.isHead(), exchange.seen());
      if (answer.status() == 405) {
        lingerClosed();
      }
      return goesOn && reusable;
    } finally {
      exchange.seen().ended(origin.now());
    }
  }

  private static Answer announceClose(RequestHead head, Answer answer) {
    return head.keepsAlive() || answer.status() == 0 ? answer : answer.set("Connection", "close");
  }

  private void refuse(RequestReader.MalformedRequestException e) throws IOException {
    FixedContent reason = FixedContent.of(e.getMessage() + "\n");
    Answer answer = Answer.of(e.status(), List.of(new Field("Connection", "close")), reason);
    RequestHead unknown = new RequestHead("", "", "", Map.of());
    writer.write(answer, false, new SeenRequest(unknown, null, number, origin.now()));
    lingerClosed();
  }

  /** Lets a client that still sends read the answer instead of a reset. Source: RFC 9112 §9.6. */
  private void lingerClosed() throws IOException {
    channel.shutdownOutput();
    writer.awaitClose(LINGER);
  }
}
