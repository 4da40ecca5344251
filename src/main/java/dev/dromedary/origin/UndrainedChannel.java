package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * An {@link UndrainedBody} that is a channel too: read by it, its bytes come into memory outside
 * the heap without a copy. Both may be used, one after the other.
 */
final class UndrainedChannel extends UndrainedBody implements ReadableByteChannel {

  private final DirectBody direct;
  private volatile boolean isOpen = true;

  /** Wraps {@code body}, at whose bottom is {@code direct}; else as {@link UndrainedBody}. */
  UndrainedChannel(
      InputStream body,
      DirectBody direct,
      long lengthBytes,
      OpenRequest request,
      OpenRequests requests,
      Runnable discardConnection) {
    super(body, lengthBytes, request, requests, discardConnection, direct);
    this.direct = direct;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return watched(() -> direct.read(into));
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() throws IOException {
    isOpen = false;
    super.close();
  }
}
