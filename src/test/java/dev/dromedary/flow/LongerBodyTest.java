package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BackendFault.From;
import dev.dromedary.demo.BackendFault.OtherVersion;
import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.Resource.EtagKind;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is longer than the length an earlier answer told is of another version (I3). */
class LongerBodyTest extends RunningFlow {

  private static final int SIZE = 1_000_000;
  private static final int CUT = 400_000;

  /** A whole without a length, of a server that does not say that the version is another. */
  private static final Fault WHOLE_WITHOUT_LENGTH = new IgnoreRange().and(new Chunked());

  @ParameterizedTest
  @ValueSource(ints = {1, CHUNK, 300_000})
  void landsTheLongerVersionAlone(int more) {
    String id = "longer-" + more;
    Content fresh = content(SIZE + more);
    Entry entry = serve(id, dated(id, content(SIZE)));
    origin.script("/" + id, new ChangeVersionAfter(CUT, dated(id, fresh)));
    origin.forever("/" + id, WHOLE_WITHOUT_LENGTH);
    assertLanded(flow.fetch(entry), fresh);
    assertThat(flow.failures(id)).containsExactly("SHORT_BODY", "VERSION_CHANGED");
  }

  @Test
  void neverLands_whenTheDigestIsThatOfTheShorterVersion() {
    Content old = content(SIZE);
    Entry entry = serve("wrong.bin", dated("wrong.bin", old)).withDigestOf(old);
    origin.script("/wrong.bin", new ChangeVersionAfter(CUT, dated("wrong.bin", content(SIZE + 1))));
    origin.forever("/wrong.bin", WHOLE_WITHOUT_LENGTH);
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
    assertThat(flow.failures("wrong.bin")).contains("VERSION_CHANGED");
  }

  @Test
  void isGivenUp_whenTheServerTellsAnotherLengthThanItSendsForEver() {
    Content fresh = content(SIZE + 1);
    Entry entry = serve("never.bin", dated("never.bin", fresh));
    origin.forever(
        "/never.bin",
        new OtherVersion(dated("never.bin", content(SIZE)))
            .and(new CutAfter(CUT, false))
            .and(new From(1, WHOLE_WITHOUT_LENGTH)));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.SHORT_BODY);
    assertThat(flow.failures("never.bin")).contains("VERSION_CHANGED");
    assertThat(requests("never.bin")).hasSizeLessThan(20);
  }

  /** Versions that only their length tells apart. */
  private static Resource dated(String id, Content content) {
    return Resource.of("/" + id, content)
        .withEtag(EtagKind.NONE)
        .withLastModified(Instant.parse("2026-01-01T00:00:00Z"));
  }
}
