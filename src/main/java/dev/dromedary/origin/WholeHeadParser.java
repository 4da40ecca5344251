package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads response heads of one connection and believes only whole ones: the client's own parser
 * takes the end of the connection for the end of the head, and half a {@code Location} or {@code
 * Content-Length} for all of it. Nor are bytes that came unasked after a body the next response.
 *
 * <p>Not thread-safe, as a connection is not.
 */
final class WholeHeadParser implements HttpMessageParser<ClassicHttpResponse> {

  private final DefaultHttpResponseParser parser;
  private boolean mayHaveMore;

  WholeHeadParser(Http1Config config) {
    this.parser = new DefaultHttpResponseParser(config);
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    if (buffer.length() > 0 && !mayHaveMore) {
      throw new NoHttpResponseException("bytes after the body before");
    }
    @Nullable ClassicHttpResponse response = read(new HeadBuffer(buffer), in);
    mayHaveMore = response != null && response.getCode() < HttpStatus.SC_SUCCESS;
    return response;
  }

  /** The client's parser lets an exception of its own through for a version below zero. */
  private @Nullable ClassicHttpResponse read(HeadBuffer head, InputStream in)
      throws IOException, HttpException {
    try {
      return parser.parse(head, in);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("no status line", e);
    }
  }

  /** The buffer of a connection from where a head begins. */
  private static final class HeadBuffer implements SessionInputBuffer {
    private final SessionInputBuffer buffer;
    private boolean hasLines;
    private boolean hasStatus;
    private boolean hasEnd;

    HeadBuffer(SessionInputBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
      int before = line.length();
      int read = buffer.readLine(line, in);
      if (read < 0 && hasStatus && !hasEnd) {
        throw new SocketException("closed in the middle of the response head");
      }
      if (read < 0 && hasLines && !hasStatus) {
        throw new IOException(new ProtocolException("no status line"));
      }
      note(line, before);
      return read;
    }

    private void note(CharArrayBuffer line, int from) {
      hasEnd = hasStatus && line.length() == from;
      hasLines |= line.length() > from;
      hasStatus |= line.length() >= from + 5 && line.substring(from, from + 5).equals("HTTP/");
    }

    @Override
    public int length() {
      return buffer.length();
    }

    @Override
    public int capacity() {
      return buffer.capacity();
    }

    @Override
    public int available() {
      return buffer.available();
    }

    @Override
    public int read(byte[] into, int offset, int length, InputStream in) throws IOException {
      return buffer.read(into, offset, length, in);
    }

    @Override
    public int read(byte[] into, InputStream in) throws IOException {
      return buffer.read(into, in);
    }

    @Override
    public int read(InputStream in) throws IOException {
      return buffer.read(in);
    }

    @Override
    public HttpTransportMetrics getMetrics() {
      return buffer.getMetrics();
    }
  }
}
