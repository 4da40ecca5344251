package dev.dromedary.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * What the console answered to bytes written by hand: a client of the JDK would not send the
 * headers these tests are about.
 *
 * @param status of HTTP
 * @param head the header lines
 * @param body of the answer
 */
record Answer(int status, String head, String body) {

  /** Sends a request with exactly these headers, and {@code Connection: close}. */
  static Answer to(URI console, String method, String path, String body, String... headers) {
    return to(SocketFactory.getDefault(), console, method, path, body, headers);
  }

  static Answer to(
      SocketFactory sockets,
      URI console,
      String method,
      String path,
      String body,
      String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(line -> line.startsWith("Host:"))) {
      head.append("Host: ").append(console.getAuthority()).append("\r\n");
    }
    Arrays.stream(headers).forEach(line -> head.append(line).append("\r\n"));
    head.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
    try (Socket socket =
        sockets.createSocket(InetAddress.getByName(console.getHost()), console.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> header(String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
        .map(line -> line.substring(wanted.length()).strip())
        .findFirst();
  }

  private static Answer parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    return new Answer(
        Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
  }
}
