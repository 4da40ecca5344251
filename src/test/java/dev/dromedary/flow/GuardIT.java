package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A redirect does not lead into the network of this machine (I6). */
class GuardIT extends RunningFlow {

  private ScriptedOrigin internal;

  @BeforeAll
  void startInternal() {
    internal = ScriptedOrigin.start();
  }

  @AfterAll
  void stopInternal() {
    internal.close();
  }

  @Test
  void redirectIntoTheOwnNetworkIsRefused_andNothingIsAskedThere() {
    Entry entry = serve("inward.bin", content(1));
    internal.put(Resource.of("/admin", content(1000)));
    origin.forever("/inward.bin", new RedirectTo(internal.uri("/admin?key=s3cret").toString()));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.ADDRESS_REFUSED);
    assertThat(end.reason()).contains("127.0.0.1").contains("loopback").doesNotContain("s3cret");
    assertThat(internal.requests("/admin")).isEmpty();
  }

  @Test
  void notationsOfOtherAddressesAreRefused() {
    for (String host :
        List.of("[::1]", "[::ffff:127.0.0.1]", "localhost", "[64:ff9b::7f00:1]", "127.1")) {
      String id = "notation-" + Integer.toHexString(host.hashCode());
      Entry entry = serve(id, content(1));
      origin.forever("/" + id, new RedirectTo("http://" + host + ":" + internal.port() + "/x"));
      TransferEvent end = flow.fetch(entry);
      assertThat(end.code())
          .as(host)
          .isIn(FailureCode.ADDRESS_REFUSED, FailureCode.REDIRECT_REFUSED);
    }
    assertThat(internal.requests("/x")).isEmpty();
  }

  @Test
  void hostsThatTheListNamesMayRedirectToEachOther() {
    Content content = content(300_000);
    internal.put(Resource.of("/moved", content));
    Entry entry = serve("among.bin", content(1));
    origin.forever("/among.bin", new RedirectTo(internal.uri("/moved").toString()));
    Entry both =
        new Entry(
            entry.id(),
            Map.of(
                "to",
                "among.bin",
                "urls",
                "['" + origin.uri("/among.bin") + "', '" + internal.uri("/other") + "']"));
    assertLanded(flow.fetch(both), content);
  }

  @Test
  void mirrorIsAsked_whenARedirectIsRefused() {
    Content content = content(300_000);
    Entry entry = serve("mirrored.bin", content(1));
    origin.forever("/mirrored.bin", new RedirectTo("http://127.0.0.1:9/x"));
    origin.put(Resource.of("/good", content));
    Entry both =
        new Entry(
            entry.id(),
            Map.of(
                "to",
                "mirrored.bin",
                "urls",
                "['" + origin.uri("/mirrored.bin") + "', '" + origin.uri("/good") + "']"));
    assertLanded(flow.fetch(both), content);
  }
}
