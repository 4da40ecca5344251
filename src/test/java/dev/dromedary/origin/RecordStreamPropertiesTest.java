package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RecordStreamPropertiesTest {

  @Property(tries = 200)
  void handsOutEveryByteOnce(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(min = 1, max = 70) int piece)
      throws IOException {
    RecordStream stream = new RecordStream(new ByteArrayInputStream(bytes));

    byte[] all = new byte[bytes.length];
    int at = 0;
    byte[] some = new byte[piece];
    for (int count = stream.read(some, 0, piece); count >= 0; count = stream.read(some, 0, piece)) {
      System.arraycopy(some, 0, all, at, count);
      at += count;
      if (at < bytes.length) {
        all[at++] = (byte) stream.read();
      }
    }

    assertThat(at).isEqualTo(bytes.length);
    assertThat(all).isEqualTo(bytes);
    assertThat(stream.read()).isEqualTo(-1);
  }
}
