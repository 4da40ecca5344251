package dev.dromedary.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.HttpFailure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.RuntimeCamelException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.UnsupportedSchemeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

  static Stream<Arguments> failures() {
    SSLHandshakeException certificate = new SSLHandshakeException("PKIX path building failed");
    certificate.initCause(new CertificateException(new CertPathValidatorException("expired")));
    ConnectTimeoutException connect = new ConnectTimeoutException("Connect to h:80 timed out");
    connect.initCause(new SocketTimeoutException("Connect timed out"));
    return Stream.of(
        arguments(new UnknownHostException("nowhere.invalid"), FailureCode.NAME_NOT_RESOLVED),
        arguments(new ConnectException("Connection refused"), FailureCode.CONNECT_FAILED),
        arguments(new HttpHostConnectException("refused"), FailureCode.CONNECT_FAILED),
        arguments(new NoRouteToHostException("No route"), FailureCode.CONNECT_FAILED),
        arguments(connect, FailureCode.CONNECT_TIMEOUT),
        arguments(new ConnectionRequestTimeoutException("pool"), FailureCode.CONNECT_TIMEOUT),
        arguments(new NoHttpResponseException("h failed to respond"), FailureCode.CONNECTION_LOST),
        arguments(new SocketTimeoutException("Read timed out"), FailureCode.STALLED),
        arguments(new SocketException("Connection reset"), FailureCode.CONNECTION_LOST),
        arguments(new SocketException("Broken pipe"), FailureCode.CONNECTION_LOST),
        arguments(new SocketException("Closed by interrupt"), FailureCode.STOPPING),
        arguments(certificate, FailureCode.CERTIFICATE_REFUSED),
        arguments(new SSLPeerUnverifiedException("no match"), FailureCode.CERTIFICATE_REFUSED),
        arguments(new SSLHandshakeException("handshake_failure"), FailureCode.TLS_FAILED),
        arguments(
            new SSLException("reset", new SocketException("Connection reset")),
            FailureCode.CONNECTION_LOST),
        arguments(new ConnectionClosedException("Premature end"), FailureCode.SHORT_BODY),
        arguments(new TruncatedChunkException("Truncated chunk"), FailureCode.SHORT_BODY),
        arguments(new EOFException(), FailureCode.SHORT_BODY),
        arguments(new MalformedChunkCodingException("Bad"), FailureCode.MALFORMED_RESPONSE),
        arguments(new MessageConstraintException("Too long"), FailureCode.MALFORMED_RESPONSE),
        arguments(
            new ClientProtocolException(new ProtocolException("garbage")),
            FailureCode.MALFORMED_RESPONSE),
        arguments(new UnsupportedSchemeException("ftp"), FailureCode.URL_REFUSED),
        arguments(new URISyntaxException("h ttp", "Illegal"), FailureCode.URL_REFUSED),
        arguments(new AccessDeniedException("a/b"), FailureCode.PERMISSION_DENIED),
        arguments(
            new FileSystemException("a", null, "Read-only file system"),
            FailureCode.PERMISSION_DENIED),
        arguments(
            new FileSystemException("a", null, "No space left on device"), FailureCode.DISK_FULL),
        arguments(new IOException("No space left on device"), FailureCode.DISK_FULL),
        arguments(new IOException("Disk quota exceeded"), FailureCode.DISK_FULL),
        arguments(new IOException("Input/output error"), FailureCode.STAGING_FAILED),
        arguments(new SocketException("Too many open files"), FailureCode.NO_DESCRIPTOR),
        arguments(new IOException("Too many open files"), FailureCode.NO_DESCRIPTOR),
        arguments(
            new FileSystemException("a", null, "Too many open files in system"),
            FailureCode.NO_DESCRIPTOR),
        arguments(
            new FileNotFoundException("token (Too many open files)"), FailureCode.NO_DESCRIPTOR),
        arguments(
            new DromedaryException(
                FailureCode.CREDENTIAL_UNREADABLE,
                "source a: a file",
                new FileSystemException("a", null, "Too many open files")),
            FailureCode.NO_DESCRIPTOR),
        arguments(new NoSuchFileException("a"), FailureCode.STAGING_FAILED),
        arguments(new InterruptedIOException(), FailureCode.STOPPING),
        arguments(new InterruptedException(), FailureCode.STOPPING),
        arguments(new ClosedByInterruptException(), FailureCode.STOPPING),
        arguments(new RejectedExecutionException(), FailureCode.STOPPING),
        arguments(new IOException("Stream closed"), FailureCode.CONNECTION_LOST),
        arguments(new OutOfMemoryError("Java heap space"), FailureCode.NO_MEMORY),
        arguments(
            new OutOfMemoryError(
                "unable to create native thread: possibly out of memory or process/resource limits"
                    + " reached"),
            FailureCode.NO_THREAD),
        arguments(new NullPointerException(), FailureCode.BUG_FOUND));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsTheFailure_bareAndWrapped(Throwable thrown, FailureCode expected) {
    assertThat(FailureClassifier.classify(thrown).code()).isEqualTo(expected);
    assertThat(FailureClassifier.classify(new RuntimeCamelException(thrown)).code())
        .isEqualTo(expected);
    assertThat(FailureClassifier.classify(new CompletionException(wrapped(thrown))).code())
        .isEqualTo(expected);
  }

  @Test
  void tellsAMissingAnswerFromAStall() {
    SocketTimeoutException timeout = new SocketTimeoutException("Read timed out");

    assertThat(FailureClassifier.classify(timeout, false).code())
        .isEqualTo(FailureCode.FIRST_BYTE_TIMEOUT);
    assertThat(FailureClassifier.classify(timeout, true).code()).isEqualTo(FailureCode.STALLED);
  }

  @Test
  void believesWhatThisProgramThrewItself() {
    DromedaryException ours =
        new DromedaryException(
            FailureCode.SERVICE_UNAVAILABLE,
            "status 503",
            new SocketException("Connection reset"),
            Duration.ofSeconds(7));

    assertThat(FailureClassifier.classify(new RuntimeCamelException(wrapped(ours))))
        .isEqualTo(
            new Failure(
                FailureCode.SERVICE_UNAVAILABLE,
                "status 503",
                OptionalInt.empty(),
                Duration.ofSeconds(7)));
  }

  @Test
  void tellsWhatTheServerAnswered_alsoWhenItIsTheCause() {
    HttpFailure answer = new HttpFailure(FailureCode.NOT_FOUND, "no such file", 404, null);
    DromedaryException around =
        new DromedaryException(FailureCode.NOT_FOUND, "digest file: no such file", answer);

    assertThat(FailureClassifier.classify(new RuntimeCamelException(answer)).status())
        .hasValue(404);
    assertThat(FailureClassifier.classify(around).status()).hasValue(404);
    assertThat(FailureClassifier.classify(new SocketException("reset")).status()).isEmpty();
  }

  @Test
  void takesNoOrderFromAMessageTheServerWrote() {
    assertThat(
            FailureClassifier.classify(
                    new MalformedChunkCodingException("Bad chunk: No space left on device"))
                .code())
        .isEqualTo(FailureCode.MALFORMED_RESPONSE);
    assertThat(
            FailureClassifier.classify(new NoSuchFileException("no space left on device")).code())
        .isEqualTo(FailureCode.STAGING_FAILED);
    assertThat(
            FailureClassifier.classify(
                    new FileNotFoundException("too many open files (Is a directory)"))
                .code())
        .isEqualTo(FailureCode.STAGING_FAILED);
    assertThat(
            FailureClassifier.classify(new ProtocolException("Status: Too many open files")).code())
        .isEqualTo(FailureCode.MALFORMED_RESPONSE);
  }

  @Test
  void endsOnARingOfCauses() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);

    assertThat(FailureClassifier.classify(a).code()).isEqualTo(FailureCode.BUG_FOUND);
  }

  @Test
  void masksCredentialsInMessages() {
    Failure failure =
        FailureClassifier.classify(
            new ConnectException(
                "to https://me:pw@h.example/f?sig=SECRET failed\r\nvia http://h/?a=SECRET#x"));

    assertThat(failure.message())
        .isEqualTo("no connection could be made: to https://h.example/f?… failed via http://h/?…");
  }

  @Test
  void namesTheType_whenThereIsNoMessage() {
    assertThat(FailureClassifier.classify(new FileNotFoundException()).message())
        .isEqualTo("the part file cannot be written: FileNotFoundException");
  }

  @Test
  void saysWhatLiesAtTheBottom_onOneLineAndMasked() {
    IOException failed = new IOException("Cannot store file", new AccessDeniedException("told/a"));

    assertThat(FailureClassifier.reason(failed)).isEqualTo("AccessDeniedException: told/a");
    assertThat(FailureClassifier.reason(new IOException("http://u:p@h/a?b=c\nd")))
        .isEqualTo("IOException: http://h/a?… d");
    assertThat(FailureClassifier.reason(new NullPointerException()))
        .isEqualTo("NullPointerException");
    assertThat(FailureClassifier.reason(new RuntimeCamelException("Cannot rename file from: a")))
        .isEqualTo("Cannot rename file from: a");
  }

  private static Throwable wrapped(Throwable thrown) {
    return thrown instanceof IOException io
        ? new UncheckedIOException(io)
        : new IllegalStateException("outer", thrown);
  }
}
