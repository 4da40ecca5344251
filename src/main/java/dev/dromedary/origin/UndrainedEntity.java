package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A response entity that hands out one {@link UndrainedBody}, and only that, however it is closed.
 */
final class UndrainedEntity extends HttpEntityWrapper {

  private final InputStream body;

  UndrainedEntity(HttpEntity entity, InputStream body) {
    super(entity);
    this.body = body;
  }

  @Override
  public InputStream getContent() {
    return body;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
