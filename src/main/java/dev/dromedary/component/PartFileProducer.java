package dev.dromedary.component;

import dev.dromedary.part.BodyCopy;
import dev.dromedary.part.ChunkShare;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Copies the body of the exchange into the {@link PartDestination} named by its property {@link
 * #PART}, and leaves the number of bytes written as property {@link #WRITTEN_BYTES}.
 *
 * <p>Never closes the body: whoever asked for it knows whether its connection is worth keeping.
 */
public final class PartFileProducer extends DefaultProducer {

  /** Exchange property with the {@link PartDestination}. */
  public static final String PART = "part";

  /** Exchange property with the bytes written by the last message, a {@link Long}. */
  public static final String WRITTEN_BYTES = "partWrittenBytes";

  private final PartFileEndpoint endpoint;

  PartFileProducer(PartFileEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    PartDestination part = exchange.getProperty(PART, PartDestination.class);
    if (part == null) {
      throw new IllegalArgumentException(
          endpoint.getEndpointUri() + ": expected exchange property '" + PART + "', found none");
    }
    if (!(exchange.getMessage().getBody() instanceof InputStream body)) {
      throw new IllegalArgumentException(
          endpoint.getEndpointUri()
              + ": expected a stream as body, found "
              + exchange.getMessage().getBody());
    }
    ChunkShare chunks = endpoint.chunks();
    chunks.begin();
    try {
      BodyCopy copy =
          new BodyCopy(
              () -> chunks.bytes(endpoint.getChunkSize()), endpoint.memory(), System::nanoTime);
      exchange.setProperty(WRITTEN_BYTES, copy.copy(body, part.writer(), part::endOffset, part));
    } finally {
      chunks.end();
    }
  }
}
