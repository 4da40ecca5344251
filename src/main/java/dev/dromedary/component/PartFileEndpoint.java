package dev.dromedary.component;

import dev.dromedary.part.ChunkMemory;
import dev.dromedary.part.ChunkShare;
import dev.dromedary.part.PartSettings;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Streams the body of a message into a part of a part file: in chunks, at the part's offset,
 * journalled, without a second copy of the body.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "part-file",
    title = "Part File",
    syntax = "part-file:name",
    producerOnly = true,
    category = {Category.FILE})
public final class PartFileEndpoint extends DefaultEndpoint {

  @UriPath
  @Metadata(
      required = true,
      description =
          "A name for the endpoint, shown in JMX. Where a part is written is said by the exchange"
              + " property PartFileProducer.PART, never by a name.")
  private String name;

  @UriParam(
      defaultValue = "1048576",
      description =
          "Bytes of a connection that wait to be written at most, from 16 KiB to 16 MiB; less"
              + " beside more than 8 others, or where memory is scarce.")
  private int chunkSize = PartSettings.DEFAULTS.chunkSizeBytes();

  private final ChunkMemory memory = new ChunkMemory();
  private final ChunkShare chunks = new ChunkShare(memory);

  PartFileEndpoint(String uri, PartFileComponent component, String name) {
    super(uri, component);
    this.name = name;
  }

  @Override
  public Producer createProducer() {
    return new PartFileProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "part-file:" + name + " cannot be consumed from: part files are written, then delivered");
  }

  /** Returns the name shown in JMX. */
  public String getName() {
    return name;
  }

  /** Sets the name shown in JMX. */
  public void setName(String name) {
    this.name = name;
  }

  /** Returns the bytes that wait to be written at most. */
  public int getChunkSize() {
    return chunkSize;
  }

  /**
   * Sets the bytes that wait to be written at most.
   *
   * @throws IllegalArgumentException outside 16 KiB to 16 MiB
   */
  public void setChunkSize(int chunkSize) {
    this.chunkSize = settings(chunkSize).chunkSizeBytes();
  }

  ChunkShare chunks() {
    return chunks;
  }

  ChunkMemory memory() {
    return memory;
  }

  private static PartSettings settings(int chunkSize) {
    PartSettings defaults = PartSettings.DEFAULTS;
    return new PartSettings(chunkSize, defaults.syncEveryBytes(), defaults.syncEvery());
  }
}
