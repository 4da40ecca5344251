package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault;
import dev.dromedary.demo.BackendFault.FlippedByte;
import dev.dromedary.demo.BackendFault.WithFields;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.FramingFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.RangeFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is here of a version whose server sends the whole of it again, from its first byte. */
class WholeAgainTest extends RunningFlow {

  private static final int SIZE = 1_000_000;
  private static final int CUT = 600_000;
  private static final int OTHER_BYTE = 100_000;

  private final Fault whole = new RangeFault.IgnoreRange();
  private final Fault cut = new CutAfter(CUT, false);

  @Test
  void whatIsWrittenOverIsDigestedToo() {
    Content content = content(SIZE);
    Entry entry = serve("a.bin", content).withDigestOf(content);
    origin.script("/a.bin", whole.and(cut), whole, whole.and(new FlippedByte(OTHER_BYTE)));
    origin.forever("/a.bin", whole);

    flow.fetch(entry);

    assertThat(flow.hasLanded("a.bin", content)).isTrue();
    assertThat(flow.failures("a.bin")).containsExactly("SHORT_BODY", "DIGEST_MISMATCH");
  }

  @Test
  void aWholeThatIsRightLands_whateverItWasBegunWith() {
    Content content = content(SIZE);
    Entry entry = serve("b.bin", content).withDigestOf(content);
    origin.script("/b.bin", whole.and(new FlippedByte(OTHER_BYTE)).and(cut));
    origin.forever("/b.bin", whole);

    flow.fetch(entry);

    assertThat(flow.hasLanded("b.bin", content)).isTrue();
    assertThat(flow.failures("b.bin")).containsExactly("SHORT_BODY");
  }

  @Test
  void aWholeThatEndsBeforeWhatCameOnceIsCut() {
    byte[] bytes = new byte[SIZE];
    new Random(5).nextBytes(bytes);
    Entry entry = serve("c.bin", new FixedContent(bytes));
    Fault chunked =
        whole.and(new FramingFault.Chunked()).and(new WithFields(Map.of("ETag", "\"v\"")));
    origin.script("/c.bin", chunked.and(cut));
    origin.forever("/c.bin", chunked);
    flow.listen(event -> shortenOnceFailed(event, bytes));

    TransferEvent end = flow.fetch(entry);

    assertThat(end.code()).isEqualTo(FailureCode.SHORT_BODY);
    assertThat(end.reason())
        .endsWith("expected at least 600000 bytes as came before, found 400000");
    assertThat(flow.landing().resolve("c.bin")).doesNotExist();
  }

  private void shortenOnceFailed(TransferEvent event, byte[] bytes) {
    if (event.code() != null) {
      origin.put(Resource.of("/c.bin", new FixedContent(Arrays.copyOf(bytes, 400_000))));
    }
  }

  @Test
  void muchIsNotGivenUpForOneServerOfSeveralThatHasNoRanges() {
    Content content = new GeneratedContent(6, 80L << 20);
    Entry entry = serve("d.bin", content).with("connections", "1");
    Fault cutLate = whole.and(new CutAfter(70L << 20, false));
    origin.script("/d.bin", cutLate, new CutAfter(1 << 20, false), whole, whole);

    TransferEvent end = flow.fetch(entry);

    assertThat(flow.hasLanded("d.bin", content)).isTrue();
    assertThat(end.networkBytes()).isEqualTo(content.lengthBytes());
    assertThat(flow.failures("d.bin"))
        .containsExactly("SHORT_BODY", "SHORT_BODY", "ANOTHER_ANSWER");
  }

  @Test
  void muchIsNotGivenUpForARangeThatIsRefusedOnce() {
    Content content = new GeneratedContent(7, 80L << 20);
    Entry entry = serve("e.bin", content).with("connections", "1");
    Fault cutLate = whole.and(new CutAfter(70L << 20, false));
    origin.script("/e.bin", cutLate, new AnswerFault.Status(403));

    TransferEvent end = flow.fetch(entry);

    assertThat(flow.hasLanded("e.bin", content)).isTrue();
    assertThat(end.networkBytes()).isEqualTo(content.lengthBytes());
    assertThat(flow.failures("e.bin")).containsExactly("SHORT_BODY", "ANOTHER_ANSWER");
  }
}
