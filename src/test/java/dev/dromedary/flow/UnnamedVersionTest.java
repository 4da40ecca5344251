package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.Resource.EtagKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nothing names and no digest decides is brought by one stream alone (I3). */
class UnnamedVersionTest extends RunningFlow {

  private static final int SIZE = 1_500_000;

  /** One connection is slow, so that several would be opened. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "WEAK"})
  void isNeverMixedWithAnother_whereAFirstPartIsTheWhole(EtagKind etag) {
    String id = "slow-" + etag;
    Content old = content(SIZE);
    Entry entry = serve(id, unnamed(id, old, etag));
    origin.forever("/" + id, new LimitRate(SIZE / 3));
    flow.add(entry);
    flow.awaitReceived(id, 1);

    origin.put(unnamed(id, content(SIZE), etag));

    assertLanded(flow.awaitEnd(id, 1), old);
    assertThat(requests(id)).as("one stream").hasSize(1);
  }

  private static Resource unnamed(String id, Content content, EtagKind etag) {
    return Resource.of("/" + id, content).withEtag(etag).withoutLastModified();
  }
}
