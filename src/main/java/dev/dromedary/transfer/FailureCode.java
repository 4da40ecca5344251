package dev.dromedary.transfer;

import static dev.dromedary.transfer.FailureAction.BUG;
import static dev.dromedary.transfer.FailureAction.OPERATOR;
import static dev.dromedary.transfer.FailureAction.RETRY;
import static dev.dromedary.transfer.FailureAction.SHORTAGE;
import static dev.dromedary.transfer.FailureAction.SOURCE_OWNER;
import static dev.dromedary.transfer.FailureAction.START_OVER;
import static dev.dromedary.transfer.FailureAction.SUSPEND;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every way a transfer can fail, under a number that never changes. The thousands tell who acts: 1
 * the network, 2 the server for the moment, 3 the version changed, 4 the source's owner, 5 the
 * operator, 9 this program. What is documented here is documented for users in {@code
 * docs/failure-codes.md}.
 */
public enum FailureCode {
  CONNECT_FAILED(1001, RETRY, "no connection could be made", "check host, port and firewall"),
  CONNECT_TIMEOUT(
      1002, RETRY, "connecting took too long", "check the network or raise --connect-timeout"),
  NAME_NOT_RESOLVED(1003, RETRY, "the host name has no address", "check the URL and the resolver"),
  TLS_FAILED(
      1004,
      RETRY,
      "the TLS connection broke",
      "check the server's TLS set-up, and whether it speaks https on that port"),
  CONNECTION_LOST(
      1005, RETRY, "the connection broke", "nothing to do: it resumes where it stopped"),
  FIRST_BYTE_TIMEOUT(
      1006,
      RETRY,
      "the server did not answer in time",
      "check the server or raise http.first-byte-timeout (get, once: --first-byte-timeout)"),
  STALLED(
      1007,
      RETRY,
      "no byte came for too long",
      "check the server or raise http.stall-timeout (get, once: --stall-timeout); it resumes where"
          + " it stopped"),
  TOO_SLOW(
      1008,
      RETRY,
      "the average speed fell below the minimum",
      "lower --min-speed or find a faster mirror"),
  SHORT_BODY(
      1009,
      RETRY,
      "the body ended before its announced length",
      "nothing to do: it resumes where it stopped"),
  MALFORMED_RESPONSE(
      1010, RETRY, "the answer is not HTTP", "check that the URL leads to a web server"),
  HOST_RESTING(
      1011,
      RETRY,
      "the host failed for several sources in a row and rests",
      "nothing to do: it is asked again, once for all"),
  PROXY_FAILED(
      1012,
      RETRY,
      "the proxy does not reach the server",
      "look at the proxy, or settle another one for this host: proxy in origins.yaml"),
  SOURCE_EDITED(
      1013,
      RETRY,
      "the source was edited before its server was asked",
      "nothing to do: it is asked for as the list has it now"),
  ANOTHER_ANSWER(
      2200,
      RETRY,
      "the server answered 200 with something else than the rest of the file",
      "check the credentials of the source if it lasts; what arrived is kept"),
  DIGEST_MISSING(
      2404,
      RETRY,
      "the digest of the file is not published",
      "check digestFrom of the source (get: --digest-from); what arrived is kept"
          + FailureCode.LATE),
  REQUEST_TIMEOUT(
      2408, RETRY, "the server answered 408 Request Timeout", "nothing to do: it is tried again"),
  TOO_EARLY(2425, RETRY, "the server answered 425 Too Early", "nothing to do: it is tried again"),
  TOO_MANY_REQUESTS(
      2429,
      RETRY,
      "the server answered 429 Too Many Requests",
      "poll less often or use fewer connections"),
  SERVER_ERROR(
      2500, RETRY, "the server answered with a 5xx status", "ask the server's owner if it lasts"),
  SERVICE_UNAVAILABLE(
      2503,
      RETRY,
      "the server answered 503 Service Unavailable",
      "nothing to do: it is tried again"),

  VERSION_CHANGED(
      3001, START_OVER, "the source changed during the transfer", "nothing to do: it starts over"),
  RANGE_MISMATCH(
      3002,
      START_OVER,
      "the server sent another range than asked for",
      "nothing to do: it starts over without ranges"),
  PART_FILE_DAMAGED(
      3003, START_OVER, "the part file is not what was written", "nothing to do: it starts over"),
  LANDED_UNFIT(
      3004,
      START_OVER,
      "what landed is not what the source asks for by now",
      "nothing to do: it is fetched anew, and what landed stays until that is verified"),

  CLIENT_ERROR(
      4400,
      SOURCE_OWNER,
      "the server refused the request",
      "check the URL and headers of the source"),
  UNAUTHORIZED(
      4401,
      SOURCE_OWNER,
      "the server wants credentials",
      "check the credentials of the source; a link that is signed may have expired"),
  FORBIDDEN(
      4403,
      SOURCE_OWNER,
      "the server denies access",
      "check the credentials of the source; a link that is signed may have expired"),
  NOT_FOUND(4404, SOURCE_OWNER, "there is nothing at this URL", "check the URL of the source"),
  PROXY_REFUSED(
      4407,
      SOURCE_OWNER,
      "the proxy refuses",
      "check the credentials of the proxy, and what it allows; dromedary.http.proxy, or proxy in"
          + " origins.yaml, settles another one or none"),
  GONE(4410, SOURCE_OWNER, "what was at this URL is gone", "remove the source or find its new URL"),
  UNEXPECTED_STATUS(
      4499,
      SOURCE_OWNER,
      "the server answered with a status that means nothing here",
      "check the URL of the source"),
  SIZE_MISMATCH(
      4501,
      SOURCE_OWNER,
      "the length is not the one the source list expects",
      "correct the size of the source (get: --size) or ask its owner"),
  TOO_LARGE(
      4502,
      SOURCE_OWNER,
      "the file is larger than allowed",
      "raise --max-size if the size is right"),
  UNKNOWN_LENGTH(
      4503,
      SOURCE_OWNER,
      "neither length nor digest tells where the body ends",
      "give a digest, or allowUnknownLength: true (get: --allow-unknown-length)"),
  DIGEST_MISMATCH(
      4504,
      START_OVER,
      "the digest is not the expected one",
      "compare the digest with its publisher's; if it was wrong, correct it and poll or get again:"
          + " what is kept is not fetched anew"),
  REDIRECT_REFUSED(
      4505,
      SOURCE_OWNER,
      "a redirect leads where it must not",
      "put the final URL into the source list"),
  TOO_MANY_REDIRECTS(
      4506, SOURCE_OWNER, "the redirects do not end", "put the final URL into the source list"),
  CONTENT_ENCODED(
      4507,
      SOURCE_OWNER,
      "the body came compressed though identity was asked for",
      "to land it as it comes, give allowContentEncoding: true (get: --allow-content-encoding)"),
  URL_REFUSED(4508, SOURCE_OWNER, "the URL cannot be fetched", "correct the URL of the source"),
  ADDRESS_REFUSED(
      4509,
      SOURCE_OWNER,
      "the address is not one of the public internet",
      "give the URL it leads to, or allow the host by --guard-allow or http.guard-allow"),
  CONTENT_TYPE_UNEXPECTED(
      4510,
      SOURCE_OWNER,
      "the content type is not the one the source expects",
      "look at what the URL serves, or correct contentType of the source"),
  SIZE_UNEXPECTED(
      4511,
      SOURCE_OWNER,
      "the length is not within the bounds of the source",
      "look at what the URL serves, or correct minSize and maxSize of the source"),
  MAGIC_UNEXPECTED(
      4512,
      SOURCE_OWNER,
      "the first bytes are not those the source expects",
      "look at the file that is kept, or correct magic of the source"),
  SHRUNK(
      4513,
      SOURCE_OWNER,
      "the file is much smaller than the version before",
      "look at what the URL serves; if it is right, raise maxShrink of the source"),
  HTML_UNEXPECTED(
      4514,
      SOURCE_OWNER,
      "a web page came in place of a file",
      "check the credentials of the source; if a page is right, give contentType: text/html (get:"
          + " -o NAME.html)"),
  DIGEST_FILE_UNUSABLE(
      4515,
      SOURCE_OWNER,
      "the digest file cannot be used",
      "look at what digestFrom of the source (get: --digest-from) leads to; what arrived is kept"),
  REFUSED_BEFORE(
      4516,
      SOURCE_OWNER,
      "the server still has the version whose digest was not the expected one; it was not fetched",
      "correct the digest of the source and poll it, or ask its owner; the version is fetched anew"
          + " after retry, after failures --discard, by get, and at each poll with"
          + " retry.wrong-digest=0s"),

  DISK_FULL(
      5001, SHORTAGE, "no space is left on the disk", "make room; it resumes where it stopped"),
  PERMISSION_DENIED(
      5002, OPERATOR, "the file system denies access", "correct the permissions and retry"),
  STAGING_FAILED(
      5003, OPERATOR, "the part file cannot be written", "check the work directory and retry"),
  DELIVERY_FAILED(
      5004,
      OPERATOR,
      "the verified file cannot be delivered",
      "see that its name may be replaced in the landing zone, and what dromedary.delivery.uri does, then retry"),
  CERTIFICATE_REFUSED(
      5005,
      OPERATOR,
      "the server's certificate is not trusted",
      "check the host name or give --ca-file"),
  TARGET_UNSAFE(
      5006,
      OPERATOR,
      "a symbolic link stands in the way of the target",
      "remove the link and retry; the landing zone itself may be one"),
  CREDENTIAL_UNREADABLE(
      5007,
      OPERATOR,
      "a credential cannot be read",
      "check the variable or the file that a header of the source, or the host's entry in"
          + " origins.yaml, names"),
  NOT_TOLD(
      5008,
      OPERATOR,
      "how a transfer ended could not be told",
      "check the endpoint of landed.uri or failed.uri; what was not told is not told again"),
  NO_THREAD(
      5009,
      RETRY,
      "the system has no thread to give",
      "raise the limit of threads (ulimit -u, TasksMax, pids.max), or lower transfer.concurrency or"
          + " part.connections"),
  CONFIGURATION(5010, OPERATOR, "the configuration is wrong", "run dromedary check"),
  SOURCE_LIST(5011, OPERATOR, "the source list is wrong", "run dromedary check"),
  WORK_DIRECTORY_BUSY(
      5012,
      OPERATOR,
      "another instance uses the work directory",
      "stop it or give another dromedary.work (get, once: --work)"),
  ROUTES(5013, OPERATOR, "the routes cannot be loaded", "run dromedary check"),
  LEDGER(5014, SHORTAGE, "the ledger cannot be used", "check the work directory and its disk"),
  NO_SERVICE(
      5015,
      OPERATOR,
      "no service that can be operated runs on the work directory",
      "start it with dromedary run, or name its directory with --work"),
  CONSOLE(
      5016,
      OPERATOR,
      "the console cannot be opened",
      "stop what has its port, or set dromedary.console.port to another one or to off"),
  STEP_AFTER_END(
      5017,
      OPERATOR,
      "a step after the end of a transfer failed",
      "correct that step of the routes; the transfer stays as it ended"),
  NO_DESCRIPTOR(
      5018,
      SHORTAGE,
      "the system opens no more files",
      "raise the limit of open files (ulimit -n, LimitNOFILE), or lower transfer.concurrency or"
          + " part.connections"),
  NO_MEMORY(
      5019,
      RETRY,
      "the JVM has no memory to give",
      "lower part.chunk-size or transfer.concurrency, or give the JVM more (JAVA_OPTS:"
          + " -XX:MaxDirectMemorySize)"),
  STOPPING(5020, SUSPEND, "the service is stopping", "nothing to do: it resumes at the next start"),
  DELIVERY_UNREACHED(
      5021,
      RETRY,
      "the delivery endpoint does not take the file for the moment",
      "check what dromedary.delivery.uri leads to; the file is kept, and delivered without another"
          + " download"),

  BUG_FOUND(9000, BUG, "this program is wrong", "report it with the log");

  private static final String LATE =
      "; its publisher may be late: it is asked for again up to retry.tries times (get, once:"
          + " --tries; 1 hardly waits)";
  private static final String RESUMES = "it resumes where it stopped";
  private static final String STARTS_OVER =
      "it starts over; to resume it takes a digest (get: --digest) and a length (--size) where the"
          + " server tells none";

  private final int number;
  private final FailureAction action;
  private final String meaning;
  private final String remedy;

  FailureCode(int number, FailureAction action, String meaning, String remedy) {
    this.number = number;
    this.action = action;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** Returns the stable number, four digits. */
  public int number() {
    return number;
  }

  /** Returns how users see it everywhere: {@code E4404}. */
  public String label() {
    return "E" + number;
  }

  /** Returns what is done about it. */
  public FailureAction action() {
    return action;
  }

  /** Returns what it means, for a user, without a final stop. */
  public String meaning() {
    return meaning;
  }

  /** Returns what to do next, for a user, without a final stop. */
  public String remedy() {
    return remedy;
  }

  /** Returns what to do where it is not tried again by itself any more. */
  public String remedyWhenGivenUp() {
    return remedy.startsWith("nothing to do")
        ? "try again later; a service does so at the next poll of the source"
        : remedy.replace(LATE, "");
  }

  /**
   * Returns a remedy for where another attempt cannot complete what is here, since nothing tells of
   * which version that is.
   *
   * @param isAnythingHere whether bytes are here, which another attempt gives up
   * @param isGivenUp whether it is not tried again by itself any more
   */
  public static String withoutResume(String remedy, boolean isAnythingHere, boolean isGivenUp) {
    String again = isGivenUp ? "then try again" : "it is tried again";
    return remedy.replace(RESUMES, isAnythingHere ? STARTS_OVER : again);
  }

  /** Finds a code by its number. */
  public static Optional<FailureCode> byNumber(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
  }
}
