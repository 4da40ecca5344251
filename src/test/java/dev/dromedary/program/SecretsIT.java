package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.app.LiveTree;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.demo.WireFault.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is secret goes to its origin and nowhere else, however a transfer ends. */
class SecretsIT extends ProgramFixture {

  private static final String IN_VARIABLE = "variable-5ecret-a1";
  private static final String IN_FILE = "file-5ecret-b2";
  private static final String IN_QUERY = "query-5ecret-c3(')";
  private static final String IN_REDIRECT = "redirect-5ecret-d4";
  private static final List<String> SECRETS =
      List.of(IN_VARIABLE, IN_FILE, "query-5ecret", IN_REDIRECT);

  private final Map<String, String> urls = new LinkedHashMap<>();

  @Test
  void secretsStayOutOfEverythingAPersonMayRead() throws IOException {
    serve();
    Path list = writeList();
    String loud =
        HOSTILE
            + " -Ddromedary.log.libraries=DEBUG -Ddromedary.log.users=DEBUG -Ddromedary.log.level=DEBUG";
    Child child =
        start(
            Map.of("SECRET_TOKEN", IN_VARIABLE, "JAVA_OPTS", loud),
            List.of(
                "once",
                "--sources",
                list.toString(),
                "--to",
                "in",
                "--json",
                "--debug",
                "--tries",
                "2",
                "--backoff",
                "10ms"));
    child.requireExit(1, LIMIT);

    List<SeenRequest> asked = origin.requests("/good.bin");
    assertThat(asked).isNotEmpty().allMatch(request -> request.target().contains(IN_QUERY));
    assertThat(asked)
        .allMatch(request -> request.header("Authorization").equals(bearer(IN_VARIABLE)))
        .allMatch(request -> request.header("X-Key").orElse("").equals(IN_FILE));
    assertThat(child.out().lines().filter(line -> line.contains("\"state\":\"failed\"")))
        .as("%s", child)
        .hasSize(urls.size() - 1);
    assertFree("standard output", child.out());
    assertFree("log", child.err());
    for (Path file : LiveTree.files(directory.resolve("in"))) {
      assertFree(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    assertThat(LiveTree.files(directory.resolve("in")))
        .extracting(file -> file.getFileName().toString())
        .anyMatch(name -> name.equals("ledger.db"))
        .anyMatch(name -> name.endsWith(".journal"))
        .anyMatch(name -> name.endsWith(".rejected"));
  }

  @Test
  void checkAndRefusalsOfAListDoNotRepeatThem() throws IOException {
    Path list =
        Files.writeString(
            directory.resolve("bad.yaml"),
            """
            sources:
              - url: http://user:%1$s@h.test/a
              - url: "http://h.test/a b?sig=%1$s"
              - url: http://h.test/c
                headers: {Authorization: '%1$s'}
              - url: http://h.test/s
                digestFrom: "http://user:%1$s@h.test/SHA 256?sig=%1$s"
              - url: http://h.test/t
                digestFrom: "SHA3SUMS?sig=%1$s"
              - url: http://h.test/d
                headers: {X: '{{file:%2$s}}'}
            """
                .formatted(IN_QUERY, Files.writeString(directory.resolve("two"), "a\n" + IN_FILE)));
    for (List<String> command :
        List.of(
            List.of("check", "--sources", list.toString()),
            List.of("once", "--sources", list.toString(), "--to", "in"),
            List.of("get", "http://user:" + IN_REDIRECT + "@h.test/a"))) {
      Child child = start(Map.of(), command).requireExit(2, LIMIT);
      assertThat(child.out() + child.err()).isNotBlank();
      assertFree(command.get(0), child.out() + child.err());
    }
  }

  private void serve() {
    GeneratedContent content = new GeneratedContent(1, 400_000);
    put("good.bin", new Fault.None());
    put("error.bin", new Status(500));
    put("denied.bin", new Status(401));
    put("cut.bin", new Status(410));
    origin.script("/cut.bin", new CutAfter(200_000, false));
    put("inward.bin", new RedirectTo("http://10.0.0.1/x?sig=" + IN_REDIRECT));
    put("scheme.bin", new RedirectTo("ftp://h/x?sig=" + IN_REDIRECT));
    put("user.bin", new RedirectTo("http://u:" + IN_REDIRECT + "@h/x"));
    put("loop.bin", new RedirectTo("/loop.bin?sig=" + IN_REDIRECT));
    put("behind.bin", new RedirectTo("/not-there?sig=" + IN_REDIRECT));
    put("garbage.bin", new RawResponse(FixedContent.of("SSH-2.0-x\r\n\r\n")));
    put("wrong.bin", new Fault.None());
    put("sum-absent.bin", new Fault.None());
    put("sum-page.bin", new Fault.None());
    origin.put(Resource.of("/sums/sum-page.bin", FixedContent.of("<html>Sign in")));
    put("sum-inward.bin", new Fault.None());
    origin.forever("/sums/sum-inward.bin", new RedirectTo("http://10.0.0.1/x?sig=" + IN_REDIRECT));
    origin.put(
        Resource.of("/page.bin", FixedContent.of("<html>Sign in")).withContentType("text/html"));
    urls.put("page.bin", origin.uri("/page.bin").toString());
    urls.put("closed.bin", "http://127.0.0.1:1/x");
    urls.put("nowhere.bin", "http://no-such-host.invalid/x");
    origin.put(Resource.of("/good.bin", content));
  }

  private void put(String name, Fault fault) {
    origin.put(Resource.of("/" + name, new GeneratedContent(urls.size() + 2, 400_000)));
    if (!(fault instanceof Fault.None)) {
      origin.forever("/" + name, fault);
    }
    urls.put(name, origin.uri("/" + name).toString());
  }

  private Path writeList() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), IN_FILE + "\n");
    StringBuilder text = new StringBuilder();
    text.append("defaults:\n  headers:\n    Authorization: Bearer {{env:SECRET_TOKEN}}\n");
    text.append("    X-Key: '{{file:").append(key).append("}}'\nsources:\n");
    urls.forEach(
        (name, url) -> {
          text.append("  - url: \"").append(url).append("?sig=").append(IN_QUERY).append("\"\n");
          text.append("    to: ").append(name).append('\n');
          if (name.startsWith("sum-")) {
            text.append("    digestFrom: \"sums/").append(name).append("?key=").append(IN_QUERY);
            text.append("\"\n");
          }
          if (name.equals("wrong.bin")) {
            text.append("    digest: md5=").append("0".repeat(32)).append('\n');
          }
        });
    return Files.writeString(directory.resolve("list.yaml"), text);
  }

  private static Optional<String> bearer(String token) {
    return Optional.of("Bearer " + token);
  }

  private static void assertFree(String where, String text) {
    for (String secret : SECRETS) {
      int at = text.indexOf(secret);
      assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), at)).as(where).isEmpty();
    }
  }
}
