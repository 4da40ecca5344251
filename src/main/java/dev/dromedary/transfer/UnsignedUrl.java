package dev.dromedary.transfer;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A URL without the signature in its query, by which an object store or its cache lets somebody in
 * for a while: signed anew it names the same file. Pure (ADR 0030).
 */
public final class UnsignedUrl {

  /** Signatures by the names of their parameters: those that tell one, and those beside them. */
  private static final List<Signature> KNOWN =
      List.of(
          // Amazon S3 and what speaks its protocol: version 4, version 2; CloudFront
          signature(
              "x-amz-signature",
              "x-amz-algorithm x-amz-content-sha256 x-amz-credential x-amz-date x-amz-expires"
                  + " x-amz-s3session-token x-amz-security-token x-amz-signedheaders"),
          signature("awsaccesskeyid expires signature", "x-amz-security-token"),
          signature("key-pair-id signature", "expires policy hash-algorithm"),
          // Google Cloud Storage: version 4, version 2
          signature(
              "x-goog-signature",
              "x-goog-algorithm x-goog-credential x-goog-date x-goog-expires"
                  + " x-goog-signedheaders"),
          signature("googleaccessid expires signature", ""),
          // Azure Storage: a shared access signature of a service or a user, of an account
          signature(
              "sig sr sv",
              "saoid scid sdd se ses si sip ske skoid sks skt sktid skv sp spr st suoid"),
          signature("sig srt ss sv", "se ses sip sp spr st"),
          // Alibaba Cloud OSS: version 4, version 1
          signature(
              "x-oss-signature",
              "x-oss-additional-headers x-oss-credential x-oss-date x-oss-expires"
                  + " x-oss-security-token x-oss-signature-version"),
          signature("expires ossaccesskeyid signature", "security-token"));

  private record Signature(Set<String> marks, Set<String> others) {
    private Stream<String> names() {
      return Stream.concat(marks.stream(), others.stream());
    }
  }

  private UnsignedUrl() {}

  /** Returns a URL's text without its signature; as it is when it has none that is known. */
  public static String of(URI url) {
    String text = url.toString();
    if (url.getRawQuery() == null) {
      return text;
    }
    List<String> parameters = List.of(url.getRawQuery().split("&", -1));
    Set<String> names = parameters.stream().map(UnsignedUrl::name).collect(Collectors.toSet());
    Set<String> signing =
        KNOWN.stream()
            .filter(signature -> names.containsAll(signature.marks()))
            .flatMap(Signature::names)
            .collect(Collectors.toSet());
    String left =
        parameters.stream()
            .filter(parameter -> !signing.contains(name(parameter)))
            .collect(Collectors.joining("&"));
    String path = text.substring(0, text.indexOf('?'));
    return left.isEmpty() && !signing.isEmpty() ? path : path + "?" + left;
  }

  private static String name(String parameter) {
    int end = parameter.indexOf('=');
    return parameter.substring(0, end < 0 ? parameter.length() : end).toLowerCase(Locale.ROOT);
  }

  private static Signature signature(String marks, String others) {
    return new Signature(Set.of(marks.split(" ")), Set.of(others.split(" ")));
  }
}
