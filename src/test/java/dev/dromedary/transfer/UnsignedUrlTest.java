package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsignedUrlTest {

  @ParameterizedTest
  @CsvSource({
    "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2Fs3&X-Amz-Date=20261128T000000Z"
        + "&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Security-Token=t&X-Amz-Signature=ab,",
    "?x-id=GetObject&x-amz-signature=ab&versionId=7, ?x-id=GetObject&versionId=7",
    "?versionId=7&AWSAccessKeyId=A&Signature=b%3D&Expires=1, ?versionId=7",
    "?Expires=1&Signature=b&Key-Pair-Id=K,",
    "?Policy=p&Signature=b&Key-Pair-Id=K,",
    "?X-Goog-Algorithm=G&X-Goog-Credential=c&X-Goog-Date=d&X-Goog-Expires=1"
        + "&X-Goog-SignedHeaders=host&X-Goog-Signature=ab&generation=9, ?generation=9",
    "?GoogleAccessId=a@b&Expires=1&Signature=c,",
    "?sv=2024-11-04&ss=b&srt=o&sp=r&se=e&sig=x%3D&comp=list, ?comp=list",
    "?sv=2024-11-04&se=2026-11-28T00%3A00Z&sr=b&sp=r&sig=x%3D,",
    "?snapshot=2026&sv=2024-11-04&skoid=o&sktid=t&st=s&se=e&ske=e&sks=b&skv=v&sr=b&sp=r&sig=x,"
        + " ?snapshot=2026",
    "?x-oss-process=image/resize&x-oss-signature=a&x-oss-date=d, ?x-oss-process=image/resize",
    "?OSSAccessKeyId=a&Expires=1&Signature=b,",
  })
  void leavesOutASignature(String query, String left) {
    assertThat(UnsignedUrl.of(URI.create("https://a.example.org:8443/b/x%20y.raw" + query)))
        .isEqualTo("https://a.example.org:8443/b/x%20y.raw" + (left == null ? "" : left));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example.org/x",
        "https://a.example.org/x?",
        "https://a.example.org/x?token=1&&b",
        "https://a.example.org/x?Expires=1&Signature=b",
        "https://a.example.org/x?sv=1&se=2",
        "https://a.example.org/x?sv=1&sig=2&st=old",
        "https://a.example.org/x?keyName=old.bin&Signature=b&Expires=1",
        "https://a.example.org/x?sig=1&date=2",
        "https://a.example.org/x?X-Amz-Date=1",
        "https://a.example.org/x-amz-signature=1",
      })
  void leavesAnythingElseAsItIs(String url) {
    assertThat(UnsignedUrl.of(URI.create(url))).isEqualTo(url);
  }
}
