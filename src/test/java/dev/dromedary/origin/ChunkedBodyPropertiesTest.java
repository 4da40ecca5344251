package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** However a body is cut into chunks and packets, it comes out whole, or there is an exception. */
class ChunkedBodyPropertiesTest {

  /** What servers differ in, with the same meaning. */
  private static final List<String> EXTENSIONS = List.of("", "", ";a=b", " ; c", "  ");

  private static final List<String> TRAILERS = List.of("", "", "ETag: \"x\"\r\n", "A:b\r\nC:\r\n");

  @Property(tries = 500, seed = "7101")
  void bringsTheBytes_howeverTheyAreCut(@ForAll long seed, @ForAll @IntRange(max = 40) int chunks)
      throws Exception {
    Wire wire = Wire.of(new Random(seed), chunks);

    assertThat(wire.decoded(wire.bytes)).isEqualTo(wire.content);
  }

  @Property(tries = 4000, seed = "7102")
  void bringsTheBytesOrAnException_whenOneByteOfTheFramingDiffers(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int chunks, @ForAll byte other)
      throws Exception {
    Random random = new Random(seed);
    Wire wire = Wire.of(random, chunks);
    int at = wire.framing.get(random.nextInt(wire.framing.size()));
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    damaged.write(wire.bytes, 0, at);
    int kind = random.nextInt(3);
    if (kind > 0) {
      damaged.write(
          random.nextBoolean() ? other : "0123456789abcdef;\r\n: \t".charAt(random.nextInt(22)));
    }
    int from = kind < 2 ? at + 1 : at;
    damaged.write(wire.bytes, from, wire.bytes.length - from);

    try {
      assertThat(wire.decoded(damaged.toByteArray())).isEqualTo(wire.content);
    } catch (IOException refused) {
      assertThat(refused).hasMessageMatching("(?i).*(chunk).*");
    }
  }

  @Property(tries = 1000, seed = "7103")
  void tellsEveryCutBeforeTheLastChunk(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int chunks) throws Exception {
    Random random = new Random(seed);
    Wire wire = Wire.of(random, chunks);
    byte[] cut = Arrays.copyOf(wire.bytes, random.nextInt(wire.lastChunkAt + 2));

    assertThatThrownBy(() -> wire.decoded(cut)).isInstanceOf(IOException.class);
  }

  /** Content without anything that is framing, as chunks, and where their framing stands. */
  private record Wire(
      Random random, byte[] content, byte[] bytes, List<Integer> framing, int lastChunkAt) {

    static Wire of(Random random, int chunks) throws IOException {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      List<Integer> framing = new ArrayList<>();
      for (int i = 0; i < chunks; i++) {
        byte[] chunk = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 30_000)];
        for (int j = 0; j < chunk.length; j++) {
          chunk[j] = (byte) ('g' + random.nextInt(20));
        }
        content.write(chunk);
        String size = Integer.toHexString(chunk.length);
        frame(
            bytes,
            framing,
            (random.nextBoolean() ? size : "00" + size.toUpperCase(Locale.ROOT))
                + EXTENSIONS.get(random.nextInt(EXTENSIONS.size()))
                + "\r\n");
        bytes.write(chunk);
        frame(bytes, framing, "\r\n");
      }
      int lastChunkAt = bytes.size();
      frame(bytes, framing, "0\r\n" + TRAILERS.get(random.nextInt(TRAILERS.size())) + "\r\n");
      return new Wire(random, content.toByteArray(), bytes.toByteArray(), framing, lastChunkAt);
    }

    private static void frame(ByteArrayOutputStream bytes, List<Integer> framing, String text) {
      for (byte c : text.getBytes(StandardCharsets.US_ASCII)) {
        framing.add(bytes.size());
        bytes.write(c);
      }
    }

    byte[] decoded(byte[] sent) throws IOException {
      InputStream packets = new Packets(new ByteArrayInputStream(sent), random);
      ReadableByteChannel channel = random.nextBoolean() ? Channels.newChannel(packets) : null;
      BodyBytes connection = new BodyBytes(new SessionInputBufferImpl(64), packets, channel, null);
      try (ChunkedBody body = new ChunkedBody(connection, () -> {})) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] into = new byte[1 + random.nextInt(5000)];
        for (int count = some(body, into); count >= 0; count = some(body, into)) {
          got.write(into, 0, count);
        }
        return got.toByteArray();
      }
    }

    private static int some(ChunkedBody body, byte[] into) throws IOException {
      return body.isDirect() ? body.read(ByteBuffer.wrap(into)) : body.read(into);
    }
  }

  /** Gives a few bytes at a time, as a network does. */
  private static final class Packets extends InputStream {
    private final InputStream in;
    private final Random random;

    Packets(InputStream in, Random random) {
      this.in = in;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, Math.min(length, 1 + random.nextInt(1500)));
    }
  }
}
