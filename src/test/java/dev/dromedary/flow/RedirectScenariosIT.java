package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CERTIFICATE_REFUSED;
import static dev.dromedary.transfer.FailureCode.CONNECTION_LOST;
import static dev.dromedary.transfer.FailureCode.CONNECT_FAILED;
import static dev.dromedary.transfer.FailureCode.FORBIDDEN;
import static dev.dromedary.transfer.FailureCode.NOT_FOUND;
import static dev.dromedary.transfer.FailureCode.REDIRECT_REFUSED;
import static dev.dromedary.transfer.FailureCode.SERVICE_UNAVAILABLE;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;
import static dev.dromedary.transfer.FailureCode.TOO_MANY_REDIRECTS;
import static dev.dromedary.transfer.FailureCode.UNEXPECTED_STATUS;
import static dev.dromedary.transfer.FailureCode.VERSION_CHANGED;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.BytesAfterBody;
import dev.dromedary.demo.BackendFault.ForQuery;
import dev.dromedary.demo.BackendFault.Named;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.HeadFault.CutInHead;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.flow.Scenario.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Redirects: chains, loops, other hosts and schemes, signed links that expire (I6). */
class RedirectScenariosIT extends ScenarioTable {

  private static final int BIG = 20_000_000;
  private static final Fault NAMED = new Named("\"69786040-493e0\"");
  private static final Fault CUT = new CutAfter(100_000, false);

  private TlsFront front;
  private TlsFront untrusted;

  @Override
  Map<String, String> settings() {
    return Map.of("http.max-redirects", "3", "http.guard-allow", "127.0.0.1,localhost");
  }

  @Override
  Map<String, String> prepare(Path directory, ScriptedOrigin origin) throws Exception {
    front = TlsFront.before(origin, directory);
    untrusted = TlsFront.before(origin, Files.createDirectory(directory.resolve("other")));
    return Map.of("http.ca-file", TlsFront.certificate(directory).toString());
  }

  @Override
  void closeFurther() throws Exception {
    front.close();
    untrusted.close();
  }

  @Override
  boolean sharesHost() {
    return true;
  }

  @Override
  List<Scenario> rows() {
    return List.of(
        of("by 301").always(to(301, stage -> stage.servedAt("-x"))),
        of("by 302").always(to(302, stage -> stage.servedAt("-x"))),
        of("by 303").always(to(303, stage -> stage.servedAt("-x"))),
        of("by 307").always(to(307, stage -> stage.servedAt("-x"))),
        of("by 308").always(to(308, stage -> stage.servedAt("-x"))),
        of("to another host").always(to(302, stage -> stage.servedElsewhere("-x"))),
        of("without a scheme")
            .always(to(302, stage -> stage.servedElsewhere("-x").substring("http:".length()))),
        of("of a query alone").always(stage -> hopOnce(stage, "?second=1")).requests(2, 2),
        of("with a fragment").always(to(302, stage -> stage.servedAt("-x") + "#part")),
        of("up and down in the path").always(to(302, stage -> "/a/../." + stage.servedAt("-x"))),
        of("to raw bytes beyond ASCII")
            .always(to(302, stage -> stage.servedAt("-x") + "?q=\u00e9")),
        of("three times in a row").always(stage -> chain(stage, 3)),
        of("four times in a row").always(stage -> chain(stage, 4)).refused(TOO_MANY_REDIRECTS),
        of("to itself").always(to(302, Stage::path)).refused(TOO_MANY_REDIRECTS).requests(4),
        of("back and forth")
            .always(
                stage -> {
                  stage.origin().forever(stage.path() + "-b", new RedirectTo(stage.path()));
                  return new RedirectTo(stage.path() + "-b");
                })
            .refused(TOO_MANY_REDIRECTS)
            .requests(2),
        of("to a file").always(to(302, stage -> "file:///etc/passwd")).refused(REDIRECT_REFUSED),
        of("to FTP").always(to(302, stage -> "ftp://127.0.0.1/x")).refused(REDIRECT_REFUSED),
        of("to a jar")
            .always(to(302, stage -> "jar:http://127.0.0.1/x!/y"))
            .refused(REDIRECT_REFUSED),
        of("to data").always(to(302, stage -> "data:,x")).refused(REDIRECT_REFUSED),
        of("to a script").always(to(302, stage -> "javascript:1")).refused(REDIRECT_REFUSED),
        of("to a bean").always(to(302, stage -> "bean:evil")).refused(REDIRECT_REFUSED),
        of("with user information")
            .always(to(302, stage -> "http://user:secret@127.0.0.1/"))
            .refused(REDIRECT_REFUSED),
        of("with a placeholder")
            .always(to(302, stage -> "http://127.0.0.1/{{env:HOME}}"))
            .refused(REDIRECT_REFUSED),
        of("with a blank").always(to(302, stage -> stage.path() + " x")).refused(REDIRECT_REFUSED),
        of("with a line feed alone")
            .always(to(302, stage -> stage.servedAt("-x") + "\nX-Evil: 1"))
            .requests(1),
        of("with CR and LF")
            .always(to(302, stage -> stage.servedAt("-x") + "\r\nX-Evil: 1"))
            .requests(1),
        of("with a carriage return alone")
            .always(to(302, stage -> stage.path() + "\rX-Evil: 1"))
            .refused(REDIRECT_REFUSED),
        of("with CR and LF encoded")
            .always(to(302, stage -> stage.servedAt("-x") + "?%0d%0aX-Evil:1"))
            .requests(1),
        of("to port 0").always(to(302, stage -> "http://127.0.0.1:0/")).refused(REDIRECT_REFUSED),
        of("to port 99999")
            .always(to(302, stage -> "http://127.0.0.1:99999/"))
            .refused(REDIRECT_REFUSED),
        of("to a name with an underscore")
            .always(to(302, stage -> "http://a_b/"))
            .refused(REDIRECT_REFUSED),
        of("to nobody").always(to(302, stage -> "http://127.0.0.1:1/")).refused(CONNECT_FAILED, 3),
        of("to nothing").always(to(302, stage -> "")).refused(UNEXPECTED_STATUS),
        of("without Location").always(new Status(302)).refused(UNEXPECTED_STATUS),
        of("with two Locations")
            .always(
                stage ->
                    new RedirectTo(stage.servedAt("-x"))
                        .and(new ExtraHeaders(Map.of("Location", "/elsewhere"))))
            .refused(UNEXPECTED_STATUS),
        of("to a URL of 20,000 characters")
            .always(to(302, stage -> stage.path() + "?" + "a".repeat(20_000)))
            .refused(REDIRECT_REFUSED),
        of("to what is not there")
            .always(to(302, stage -> "/not-there"))
            .refused(NOT_FOUND)
            .requests(1, 2),
        of("cut within the Location")
            .first(stage -> new RedirectTo(stage.servedAt("-x")).and(new CutInHead(150, false)))
            .afterAny(CONNECTION_LOST)
            .requests(2),
        of("to https, trusted").always(stage -> new RedirectTo(tls(front, stage))),
        of("to https, not trusted")
            .always(stage -> new RedirectTo(tls(untrusted, stage)))
            .refused(CERTIFICATE_REFUSED),
        of("from https to http")
            .entry(entry -> entry.with("url", "'" + front.uri("/" + entry.id()) + "'"))
            .always(to(302, stage -> stage.servedElsewhere("-x")))
            .refused(REDIRECT_REFUSED),
        of("from https to https and back to http")
            .entry(entry -> entry.with("url", "'" + front.uri("/" + entry.id()) + "'"))
            .always(
                stage -> {
                  stage
                      .origin()
                      .forever(stage.path() + "-b", new RedirectTo(stage.servedElsewhere("-x")));
                  return new RedirectTo(stage.path() + "-b");
                })
            .refused(REDIRECT_REFUSED),
        of("cut behind a redirect")
            .always(
                stage -> {
                  stage.elsewhere().script(stage.path() + "-x", CUT);
                  return new RedirectTo(stage.servedElsewhere("-x"));
                })
            .after(SHORT_BODY)
            .requests(1),
        of("to a signed link that expires in mid-transfer")
            .first(
                stage -> {
                  stage.elsewhere().script(stage.path() + "-x", CUT);
                  stage
                      .elsewhere()
                      .forever(stage.path() + "-x", new ForQuery("1", new Status(403)));
                  return new RedirectTo(stage.servedElsewhere("-x") + "?1");
                })
            .always(to(302, stage -> stage.servedElsewhere("-x") + "?2"))
            .after(SHORT_BODY)
            .requests(2),
        of("to another path each time, in mid-transfer")
            .first(
                stage -> {
                  stage.elsewhere().script(stage.path() + "-1", CUT);
                  return new RedirectTo(stage.servedElsewhere("-1"));
                })
            .always(to(302, stage -> stage.servedElsewhere("-2")))
            .after(SHORT_BODY)
            .requests(1),
        of("to another path each time, in mid-transfer, the first silent meanwhile")
            .withDigest()
            .first(
                stage -> {
                  stage.elsewhere().script(stage.path() + "-1", CUT, new Status(503));
                  return new RedirectTo(stage.servedElsewhere("-1"));
                })
            .always(to(302, stage -> stage.servedElsewhere("-2")))
            .after(SHORT_BODY, SERVICE_UNAVAILABLE)
            .requests(2),
        of("to the same path of another server in mid-transfer")
            .first(stage -> cutElsewhere(stage, new Fault.None()))
            .always(to(302, stage -> stage.servedAt("-1")))
            .after(SHORT_BODY)
            .requests(2),
        of("to another release of the same size, date and ETag in mid-transfer")
            .first(stage -> cutElsewhere(stage, NAMED))
            .always(stage -> toRelease(stage, NAMED))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .landsFresh()
            .refetched(100_000),
        of("no more in mid-transfer, but to another release by itself")
            .first(stage -> cutElsewhere(stage, NAMED))
            .always(
                stage -> {
                  stage.origin().put(stage.later());
                  return NAMED;
                })
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .landsFresh()
            .refetched(100_000),
        of("to another release of the same size, date and ETag between two parts", BIG)
            .entry("connections", "4")
            .first(
                stage -> {
                  stage.elsewhere().script(stage.path() + "-1", NAMED);
                  stage.elsewhere().forever(stage.path() + "-1", new Status(404));
                  return new RedirectTo(stage.servedElsewhere("-1"));
                })
            .always(stage -> toRelease(stage, NAMED))
            .after(VERSION_CHANGED)
            .requests(3, 12)
            .landsFresh()
            .refetched(0, BIG),
        of("to another path of the same file in mid-transfer, the digest known")
            .withDigest()
            .first(stage -> cutElsewhere(stage, new Fault.None()))
            .always(to(302, stage -> stage.servedElsewhere("-2")))
            .after(SHORT_BODY)
            .requests(2),
        of("to signed links that expire at once")
            .always(
                stage -> {
                  stage.elsewhere().forever(stage.path() + "-1", new Status(403));
                  return new RedirectTo(stage.servedElsewhere("-1"));
                })
            .refused(FORBIDDEN)
            .requests(1, 4),
        of("with a body and more behind it")
            .always(
                stage ->
                    new RedirectTo(stage.servedAt("-x")).and(new BytesAfterBody("<html>moved")))
            .afterAny(CONNECTION_LOST)
            .requests(1, 3));
  }

  private static Fault cutElsewhere(Stage stage, Fault habit) {
    stage.elsewhere().script(stage.path() + "-1", habit.and(CUT), new Status(404));
    stage.elsewhere().forever(stage.path() + "-1", habit);
    return new RedirectTo(stage.servedElsewhere("-1"));
  }

  private static Fault toRelease(Stage stage, Fault habit) {
    String path = stage.path() + "-2";
    stage.elsewhere().put(Resource.of(path, stage.row().fresh));
    stage.elsewhere().forever(path, habit);
    return new RedirectTo(stage.elsewhere().uri(path).toString());
  }

  private static Function<Stage, Fault> to(int status, Function<Stage, String> location) {
    return stage -> new RedirectTo(location.apply(stage), status);
  }

  private static Fault chain(Stage stage, int hops) {
    String next = stage.servedAt("-end");
    for (int hop = 1; hop < hops; hop++) {
      stage.origin().forever(stage.path() + "-" + hop, new RedirectTo(next));
      next = stage.path() + "-" + hop;
    }
    return new RedirectTo(next);
  }

  private static Fault hopOnce(Stage stage, String query) {
    stage.origin().script(stage.path(), new RedirectTo(query));
    return new Fault.None();
  }

  private static String tls(TlsFront to, Stage stage) {
    return to.uri(stage.servedAt("-x")).toString();
  }
}
