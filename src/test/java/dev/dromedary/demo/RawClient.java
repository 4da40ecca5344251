package dev.dromedary.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends and reads bytes as they are; gives up on any read after five seconds. */
final class RawClient implements AutoCloseable {

  private static final int LIMIT_MS = 5_000;

  private final Socket socket;

  RawClient(ScriptedOrigin origin) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), origin.port());
    socket.setSoTimeout(LIMIT_MS);
  }

  /** Asks once on a connection of its own and reads until that is closed. */
  static String ask(ScriptedOrigin origin, String path, String... headers) throws IOException {
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", path, headers);
      return client.readToEnd();
    }
  }

  void send(String method, String path, String... headers) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    sendRaw(head.append("\r\n").toString());
  }

  void sendRaw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void timeoutMillis(int limit) throws IOException {
    socket.setSoTimeout(limit);
  }

  int read() throws IOException {
    return socket.getInputStream().read();
  }

  String readToEnd() throws IOException {
    return text(socket.getInputStream().readAllBytes());
  }

  String read(int bytes) throws IOException {
    return text(socket.getInputStream().readNBytes(bytes));
  }

  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!text(head.toByteArray()).endsWith("\r\n\r\n")) {
      int next = read();
      if (next < 0) {
        throw new IOException("the connection ended in the head: " + text(head.toByteArray()));
      }
      head.write(next);
    }
    return text(head.toByteArray());
  }

  /** Reads a head and as many bytes as its Content-Length says. */
  String readAnswer() throws IOException {
    String head = readHead();
    String length = field(head, "Content-Length");
    return head + read(length.isEmpty() ? 0 : Integer.parseInt(length));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static String field(String answer, String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ":";
    return answer
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
        .map(line -> line.substring(wanted.length()).strip())
        .findFirst()
        .orElse("");
  }

  static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  static String statusLine(String answer) {
    return answer.substring(0, answer.indexOf("\r\n"));
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns bytes of a content as the text this client reads them as. */
  static String text(Content content, long from, int length) {
    byte[] bytes = new byte[length];
    content.fill(from, bytes, 0, length);
    return text(bytes);
  }
}
