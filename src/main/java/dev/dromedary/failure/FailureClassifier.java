package dev.dromedary.failure;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.HttpFailure;
import dev.dromedary.transfer.TooManyFiles;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.UnsupportedSchemeException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * Tells from an exception what kind of failure it is. The whole chain of causes is looked at,
 * because frameworks wrap: what this program threw itself wins, then an {@code Error}, then the
 * first rule that fits anything in the chain. That no more files can be opened wins over all, since
 * whatever was about to open one has a name of its own for it.
 */
public final class FailureClassifier {

  private static final int LONGEST_CHAIN = 50;

  /** The order decides: a subclass stands before what it extends, a cause before its wrapper. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(ConnectTimeoutException.class, FailureCode.CONNECT_TIMEOUT),
          new Rule(ConnectionRequestTimeoutException.class, FailureCode.CONNECT_TIMEOUT),
          new Rule(UnknownHostException.class, FailureCode.NAME_NOT_RESOLVED),
          new Rule(CertificateException.class, FailureCode.CERTIFICATE_REFUSED),
          new Rule(CertPathValidatorException.class, FailureCode.CERTIFICATE_REFUSED),
          new Rule(CertPathBuilderException.class, FailureCode.CERTIFICATE_REFUSED),
          new Rule(SSLPeerUnverifiedException.class, FailureCode.CERTIFICATE_REFUSED),
          new Rule(ConnectException.class, FailureCode.CONNECT_FAILED),
          new Rule(NoRouteToHostException.class, FailureCode.CONNECT_FAILED),
          new Rule(UnsupportedSchemeException.class, FailureCode.URL_REFUSED),
          new Rule(URISyntaxException.class, FailureCode.URL_REFUSED),
          new Rule(NoHttpResponseException.class, FailureCode.CONNECTION_LOST),
          new Rule(TruncatedChunkException.class, FailureCode.SHORT_BODY),
          new Rule(ConnectionClosedException.class, FailureCode.SHORT_BODY),
          new Rule(MalformedChunkCodingException.class, FailureCode.MALFORMED_RESPONSE),
          new Rule(MessageConstraintException.class, FailureCode.MALFORMED_RESPONSE),
          new Rule(HttpException.class, FailureCode.MALFORMED_RESPONSE),
          new Rule(SocketTimeoutException.class, FailureCode.STALLED),
          new Rule(SocketException.class, FailureCode.CONNECTION_LOST),
          new Rule(SSLException.class, FailureCode.TLS_FAILED),
          new Rule(ClientProtocolException.class, FailureCode.MALFORMED_RESPONSE),
          new Rule(ClosedByInterruptException.class, FailureCode.STOPPING),
          new Rule(InterruptedIOException.class, FailureCode.STOPPING),
          new Rule(InterruptedException.class, FailureCode.STOPPING),
          new Rule(RejectedExecutionException.class, FailureCode.STOPPING),
          new Rule(CancellationException.class, FailureCode.STOPPING),
          new Rule(AccessDeniedException.class, FailureCode.PERMISSION_DENIED),
          new Rule(ReadOnlyFileSystemException.class, FailureCode.PERMISSION_DENIED),
          new Rule(FileSystemException.class, FailureCode.STAGING_FAILED),
          new Rule(FileNotFoundException.class, FailureCode.STAGING_FAILED),
          new Rule(EOFException.class, FailureCode.SHORT_BODY),
          new Rule(IOException.class, FailureCode.CONNECTION_LOST));

  private FailureClassifier() {}

  /** Classifies a failure in the middle of a body: a read that timed out is a stall. */
  public static Failure classify(Throwable thrown) {
    return classify(thrown, true);
  }

  /**
   * Classifies a failure.
   *
   * @param thrown what was caught, wrapped or not
   * @param anyByteCame whether the server had sent anything; a read that timed out is else {@code
   *     FIRST_BYTE_TIMEOUT}
   */
  public static Failure classify(Throwable thrown, boolean anyByteCame) {
    List<Throwable> chain = chain(thrown);
    boolean isOfFiles = chain.stream().anyMatch(TooManyFiles::isSaidBy);
    for (Throwable link : chain) {
      if (link instanceof DromedaryException ours) {
        return new Failure(
            isOfFiles ? FailureCode.NO_DESCRIPTOR : ours.code(),
            UserMessage.clean(ours.getMessage()),
            status(chain),
            ours.retryAfter().orElse(null));
      }
    }
    for (Throwable link : chain) {
      if (link instanceof OutOfMemoryError) {
        return failure(
            SystemMessage.isNoThread(link) ? FailureCode.NO_THREAD : FailureCode.NO_MEMORY, link);
      }
      if (link instanceof Error) {
        return failure(FailureCode.BUG_FOUND, link);
      }
    }
    for (Throwable link : chain) {
      Optional<FailureCode> code = SystemMessage.code(link);
      if (code.isPresent()) {
        return failure(code.get(), link);
      }
    }
    for (Rule rule : RULES) {
      for (Throwable link : chain) {
        if (rule.type.isInstance(link)) {
          boolean noAnswer = rule.code == FailureCode.STALLED && !anyByteCame;
          return failure(noAnswer ? FailureCode.FIRST_BYTE_TIMEOUT : rule.code, link);
        }
      }
    }
    return failure(FailureCode.BUG_FOUND, chain.get(chain.size() - 1));
  }

  /**
   * Returns what lies at the bottom of a failure that is no transfer's, such as that of an endpoint
   * of the user's: its kind and message in one line, without credentials and queries. What this
   * program threw itself, or Camel, needs no kind.
   */
  public static String reason(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable link : chain) {
      if (link instanceof DromedaryException ours) {
        return UserMessage.clean(ours.getMessage());
      }
    }
    return UserMessage.named(chain.get(chain.size() - 1));
  }

  private static Failure failure(FailureCode code, Throwable reason) {
    return new Failure(code, UserMessage.of(code, reason));
  }

  private static OptionalInt status(List<Throwable> chain) {
    return chain.stream()
        .filter(HttpFailure.class::isInstance)
        .mapToInt(answer -> ((HttpFailure) answer).status())
        .findFirst();
  }

  /** Outermost first; bounded, because causes can form a ring. */
  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = thrown;
        link != null && chain.size() < LONGEST_CHAIN;
        link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private record Rule(Class<? extends Throwable> type, FailureCode code) {}
}
