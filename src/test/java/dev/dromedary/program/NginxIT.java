package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I1 against a server that is not ours: the whole file, verified, once; over TLS as well. */
class NginxIT extends ProgramFixture {

  private static final long BIG_BYTES = 1L << 30;
  private static final Duration LANDING_LIMIT = Duration.ofMinutes(2);

  private @Nullable NginxServer nginx;

  @BeforeEach
  void serve() throws IOException, InterruptedException {
    Optional<Path> program = NginxServer.program();
    assumeTrue(program.isPresent(), "nginx is not installed (Debian: apt-get install nginx-light)");
    Path server = Files.createDirectories(directory.resolve("nginx"));
    Files.createDirectories(server.resolve("www"));
    certify(server);
    nginx = NginxServer.start(program.orElseThrow(), server);
  }

  @AfterEach
  void stop() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @Test
  void landsAGibibyteVerified_andAsksOnceMoreForNothing() throws IOException {
    GeneratedContent content = write("big.bin", BIG_BYTES);
    Path sources = directory.resolve("sources.yaml");
    Files.writeString(
        sources,
        """
        sources:
          - id: big
            url: %s
            to: dumps/big.bin
            size: 1GiB
            digest: sha-256=%s
        """
            .formatted(
                server().url("/big.bin"),
                HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256))));
    List<String> once = List.of("once", "--sources", sources.toString(), "--to", "in", "-q");

    start(Map.of(), once).requireExit(0, LANDING_LIMIT);

    assertThat(content.matches(directory.resolve("in/dumps/big.bin"))).isTrue();
    int before = server().accesses().size();
    Child again = start("once", "--sources", sources.toString(), "--to", "in");
    again.requireExit(0, LIMIT);
    assertThat(again.out()).contains("unchanged").contains("1 due: 1 unchanged");
    assertThat(server().accesses().subList(before, server().accesses().size()))
        .singleElement()
        .asString()
        .contains("\" 304 0 ");
  }

  @Test
  void landsOverTls_onlyWhenTheAuthorityIsTrusted() throws IOException {
    GeneratedContent content = write("small.bin", 3 << 20);
    String url = server().tlsUrl("/small.bin");

    Child distrusting = start("get", url, "--to", "in", "--tries", "1").requireExit(1, LIMIT);
    assertThat(distrusting.out()).contains("E5005");
    assertThat(directory.resolve("in/small.bin")).doesNotExist();

    start("get", url, "--to", "in", "--ca-file", "nginx/tls.crt").requireExit(0, LIMIT);
    assertThat(content.matches(directory.resolve("in/small.bin"))).isTrue();
  }

  private NginxServer server() {
    if (nginx == null) {
      throw new IllegalStateException("nginx was not started");
    }
    return nginx;
  }

  private GeneratedContent write(String name, long bytes) throws IOException {
    GeneratedContent content = new GeneratedContent(7, bytes);
    byte[] chunk = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(directory.resolve("nginx/www").resolve(name))) {
      for (long at = 0; at < bytes; at += chunk.length) {
        int size = (int) Math.min(chunk.length, bytes - at);
        content.fill(at, chunk, 0, size);
        out.write(chunk, 0, size);
      }
    }
    return content;
  }

  private static void certify(Path server) throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                "tls.key",
                "-out",
                "tls.crt",
                "-subj",
                "/CN=dromedary test",
                "-addext",
                "subjectAltName=IP:127.0.0.1")
            .directory(server.toFile())
            .redirectErrorStream(true)
            .redirectOutput(server.resolve("openssl.out").toFile())
            .start();
    try {
      boolean made = openssl.waitFor(30, TimeUnit.SECONDS) && openssl.exitValue() == 0;
      assumeTrue(made, "no certificate could be made: openssl is needed");
    } finally {
      openssl.destroyForcibly();
    }
  }
}
