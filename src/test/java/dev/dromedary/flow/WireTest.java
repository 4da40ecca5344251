package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what an answer must not steer (I6). */
class WireTest extends RunningFlow {

  private ScriptedOrigin elsewhere;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "http.max-redirects", "3",
        "http.user-agent", "dromedary-test/1",
        "http.guard-allow", "127.0.0.1");
  }

  @BeforeAll
  void startElsewhere() {
    elsewhere = ScriptedOrigin.start();
  }

  @AfterAll
  void stopElsewhere() {
    elsewhere.close();
  }

  @Test
  void sendsOnlyWhatBelongsToTheRequest() {
    Content content = content(200_000);
    Entry entry = serve("headers.bin", content).with("headers", "{X-Token: 'abc'}");
    origin.script("/headers.bin", new Status(500), new CutAfter(1000, false));
    assertLanded(flow.fetch(entry), content);
    for (SeenRequest request : requests("headers.bin")) {
      assertThat(request.method()).isEqualTo("GET");
      assertThat(Set.copyOf(lower(request)))
          .isSubsetOf(
              "host",
              "connection",
              "user-agent",
              "accept-encoding",
              "range",
              "if-range",
              "x-token");
      assertThat(request.header("Accept-Encoding")).contains("identity");
      assertThat(request.header("User-Agent")).contains("dromedary-test/1");
      assertThat(request.header("X-Token")).contains("abc");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%20b/c%2Fd/f.bin?X-Amz-Signature=a%2Bb%2F%3D&X-Amz-Date=20260101T000000Z",
        "/f.bin?sig=%7Etilde~%2a*&a=1+2&a=b%26c&empty=&flag",
        "/p/%C3%A9/f.bin?q=%C3%A9%20%25",
        "/semi;v=1/f.bin?x=a,b;c:d@e/f?g",
        "/RAW(x)/f.bin?k=RAW(v)&httpMethod=POST&throwExceptionOnFailure=true"
      })
  void urlGoesOverTheWireByteForByte(String target) {
    String path = target.substring(0, target.indexOf('?'));
    Content content = content(1000);
    origin.put(Resource.of(path, content));
    String id = "url-" + Integer.toHexString(target.hashCode()) + ".bin";
    assertLanded(flow.fetch(Entry.of(id, origin.uri(target))), content);
    assertThat(origin.requests(path)).hasSize(1);
    assertThat(origin.requests(path).get(0).target()).isEqualTo(target);
  }

  @Test
  void redirectIsFollowed_andItsTargetIsAskedDirectlyForTheRest() {
    Content content = content(20_000_000);
    Entry entry = serve("hop.bin", content(1));
    origin.forever("/hop.bin", new RedirectTo("/hop-target?sig=a%2Bb"));
    origin.put(Resource.of("/hop-target", content));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests("hop.bin")).hasSize(1);
    assertThat(origin.requests("/hop-target"))
        .isNotEmpty()
        .allMatch(request -> request.target().equals("/hop-target?sig=a%2Bb"));
  }

  @Test
  void redirectsAreBounded() {
    Entry entry = serve("loop.bin", content(1));
    origin.forever("/loop.bin", new RedirectTo("/loop.bin"));
    assertFailed(flow.fetch(entry), FailureCode.TOO_MANY_REDIRECTS);
    assertThat(requests("loop.bin")).hasSize(1 + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "http://user:secret@127.0.0.1/",
        "http://127.0.0.1/{{env:HOME}}"
      })
  void redirectThatLeadsWhereItMustNotIsRefused(String location) {
    String id = "refused-" + Integer.toHexString(location.hashCode());
    Entry entry = serve(id, content(1));
    origin.forever("/" + id, new RedirectTo(location));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.REDIRECT_REFUSED);
    assertThat(end.reason()).doesNotContain("secret");
  }

  @Test
  void headersOfTheSourceStayWithItsOrigin() {
    Content content = content(200_000);
    Entry entry =
        serve("secret.bin", content(1)).with("headers", "{Authorization: 'Bearer s3cret'}");
    origin.forever("/secret.bin", new RedirectTo(elsewhere.uri("/cdn").toString()));
    elsewhere.put(Resource.of("/cdn", content));
    elsewhere.script("/cdn", new CutAfter(50_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests("secret.bin"))
        .allMatch(request -> request.header("Authorization").isPresent());
    assertThat(elsewhere.requests("/cdn"))
        .hasSize(2)
        .allMatch(request -> request.header("Authorization").isEmpty());
  }

  @Test
  void expiredLinkIsAskedForAgainAtTheFirstHop() {
    Content content = content(500_000);
    Entry entry = serve("expires.bin", content(1));
    elsewhere.put(Resource.of("/signed-1", content));
    elsewhere.put(Resource.of("/signed-2", content));
    origin.script("/expires.bin", new RedirectTo(elsewhere.uri("/signed-1").toString()));
    origin.forever("/expires.bin", new RedirectTo(elsewhere.uri("/signed-2").toString()));
    elsewhere.script("/signed-1", new CutAfter(200_000, false), new Status(403));
    assertLanded(flow.fetch(entry), content);
    SeenRequest last = elsewhere.requests("/signed-2").get(0);
    assertThat(last.range().orElseThrow().start()).isEqualTo(200_000);
  }

  @Test
  void statusBehindARedirectIsTold() {
    Entry entry = serve("hop-404.bin", content(1));
    origin.forever("/hop-404.bin", new RedirectTo("/not-there"));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.NOT_FOUND);
    assertThat(origin.requests("/not-there")).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void hostileResponseHeadersSteerNothing() {
    Content content = content(300_000);
    Entry entry = serve("hostile.bin", content);
    Map<String, String> hostile =
        Map.of(
            "CamelFileName", "../../evil",
            "camelfilelocalworkpath", "/etc/passwd",
            "CamelHttpUri", "http://127.0.0.1:1/",
            "CamelHttpResponseCode", "304",
            "CamelRedeliveryDelay", "600000",
            "CamelSkipGzipEncoding", "false",
            "breadcrumbId", "x",
            "Content-Disposition", "attachment; filename=evil");
    origin.script(
        "/hostile.bin",
        new Status(500, hostile, "no"),
        new ExtraHeaders(hostile).and(new CutAfter(100_000, false)));
    origin.forever("/hostile.bin", new ExtraHeaders(hostile));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.took()).isLessThan(Duration.ofSeconds(20));
    assertThat(requests("hostile.bin"))
        .allMatch(request -> request.header("breadcrumbId").isEmpty());
    assertThat(flow.landedNames()).noneMatch(name -> name.contains("evil"));
  }

  private static List<String> lower(SeenRequest request) {
    return request.headers().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
