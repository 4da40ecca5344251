package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.CloseDelimited;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A body that only ends with its connection, under TLS, which tells that end or not (I1). */
class TlsEndTest extends RunningFlow {

  private static final int SIZE = 300_000;
  private static final Fault UNMEASURED = new IgnoreRange().and(new CloseDelimited());

  @SuppressWarnings("NullAway.Init")
  private TlsFront telling;

  @SuppressWarnings("NullAway.Init")
  private TlsFront cutting;

  @Override
  void prepare(Flow prepared) {
    telling = TlsFront.before(origin, directory);
    try {
      Path other = Files.createDirectory(directory.resolve("cutting"));
      cutting = TlsFront.before(origin, other);
      cutting.cutOff();
      Path both = TlsFront.certificate(directory);
      Files.writeString(
          both, Files.readString(TlsFront.certificate(other)), StandardOpenOption.APPEND);
      prepared.set("http.ca-file", both.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    prepared.set("retry.tries", "2");
  }

  @AfterAll
  void closeFronts() throws IOException {
    telling.close();
    cutting.close();
  }

  @Test
  void lands_whenTlsTellsTheEnd() {
    Content content = content(SIZE);
    assertLanded(flow.fetch(unmeasured(telling, "told.bin", content)), content);
  }

  @Test
  void doesNotLand_whenTheConnectionIsCut() {
    Entry entry = unmeasured(cutting, "cut.bin", content(SIZE));
    origin.forever("/cut.bin", UNMEASURED.and(new CutAfter(100_000, false)));
    assertFailed(flow.fetch(entry), FailureCode.SHORT_BODY);
  }

  @Test
  void lands_whenTheConnectionIsCutAndADigestDecides() {
    Content content = content(SIZE);
    Entry entry = unmeasured(cutting, "decided.bin", content).withDigestOf(content);
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("decided.bin")).isEmpty();
  }

  private Entry unmeasured(TlsFront front, String id, Content content) {
    serve(id, content);
    origin.forever("/" + id, UNMEASURED);
    return Entry.of(id, front.uri("/" + id)).with("allowUnknownLength", "true");
  }
}
