package dev.dromedary.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Faults that answer something else than the file, in good order. */
public sealed interface AnswerFault extends Fault {

  /**
   * A status with headers and a short body instead of the file.
   *
   * @param code 200 to 599; a body is left out where the status has none
   * @param headers added to Date, Server and Content-Length; Content-Type where it is wanted
   * @param body sent as UTF-8
   */
  record Status(int code, Map<String, String> headers, String body) implements AnswerFault {
    public Status {
      if (code < 200 || code > 599) {
        throw new IllegalArgumentException("status " + code + ": expected 200 to 599");
      }
      headers = Map.copyOf(headers);
    }

    /** Answers a status with a line of text. */
    public Status(int code) {
      this(code, Map.of(), "status " + code + "\n");
    }

    /** Answers a status with Retry-After in whole seconds. Source: RFC 9110 §10.2.3. */
    public static Status retryAfter(int code, Duration delay) {
      return retryAfter(code, Long.toString(delay.toSeconds()));
    }

    /** Answers a status with Retry-After as a date. */
    public static Status retryAfter(int code, Instant time) {
      return retryAfter(code, HttpDate.format(time));
    }

    private static Status retryAfter(int code, String value) {
      return new Status(code, Map.of("Retry-After", value), "come back later\n");
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      boolean bare = code == 204 || code == 304;
      Answer plain = PlainAnswers.error(asked, code, bare ? "" : body);
      Answer told = bare ? plain.remove("Content-Length").remove("Content-Type") : plain;
      for (Map.Entry<String, String> header : headers.entrySet()) {
        told = told.set(header.getKey(), header.getValue());
      }
      return told;
    }
  }

  /** A redirect to a location that is sent as it is written here. */
  record RedirectTo(String location, int status) implements AnswerFault {
    /** Redirects by 302 Found. */
    public RedirectTo(String location) {
      this(location, 302);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return PlainAnswers.error(asked, status, "").set("Location", location);
    }
  }

  /** The answer as it is, with more header fields. */
  record ExtraHeaders(Map<String, String> headers) implements AnswerFault {
    public ExtraHeaders {
      headers = Map.copyOf(headers);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      List<Field> fields = new ArrayList<>(answer.fields());
      headers.forEach((name, value) -> fields.add(new Field(name, value)));
      return answer.withFields(fields);
    }
  }

  /** A status whose body, without a length, goes on until the client closes the connection. */
  record EndlessErrorBody(int code) implements AnswerFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      Content endless = new RepeatedContent("<p>Something went wrong. Please try again.</p>\n");
      return PlainAnswers.error(asked, code, "")
          .remove("Content-Length")
          .set("Content-Type", "text/html")
          .set("Connection", "close")
          .withBody(List.of(Answer.Piece.all(endless)))
          .closing();
    }
  }
}
