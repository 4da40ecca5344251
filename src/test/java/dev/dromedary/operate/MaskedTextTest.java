package dev.dromedary.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.MaskedText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is secret in a URL is cut out, wherever the text around it puts quotes and blanks. */
class MaskedTextTest {

  private record Text(String written, String masked) {}

  static List<Text> lines() {
    return List.of(
        new Text("url=https://h/p?token=secret next", "url=https://h/p?… next"),
        new Text("url=\"https://h/p?a=\"b\"&token=secret\" next", "url=\"https://h/p?… next"),
        new Text("https://user:secret@h/p", "https://…h/p"),
        new Text("https://h/p?…", "https://h/p?…"),
        new Text("seda:transfers?size=3", "seda:transfers?size=3"),
        new Text("why? mail@example.org", "why? mail@example.org"));
  }

  static List<Text> jsons() {
    return List.of(
        new Text("{'m':'at https://h/p?a=1&b=secret end'}", "{'m':'at https://h/p?… end'}"),
        new Text("{'m':'https://h/p?a=\\'b\\'&t=secret','n':'x'}", "{'m':'https://h/p?…','n':'x'}"),
        new Text("{'m':'https://h/p?a=secret\\\\','n':'x'}", "{'m':'https://h/p?…','n':'x'}"),
        new Text("{'m':'https://h/p?a\\\\nsecret','n':'x'}", "{'m':'https://h/p?…','n':'x'}"),
        new Text("{'m':'https://u:\\'secret\\'@h/p'}", "{'m':'https://…h/p'}"),
        new Text("{'m':'https:\\/\\/u:secret@h\\/p?t=secret'}", "{'m':'https:\\/\\/…h\\/p?…'}"),
        new Text("{'m':'seda:x?key=secret','n':'a seda:x?b'}", "{'m':'seda:x?…','n':'a seda:x?b'}"),
        new Text("{'m':'https://h/p?…','n':1}", "{'m':'https://h/p?…','n':1}"),
        new Text("['why?',{'a':null}]", "['why?',{'a':null}]"),
        new Text("{'m':'https://h/p?cut off", "{'m':'https://h/p?… off"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void lineOfTextIsMasked(Text text) {
    assertThat(MaskedText.plain(text.written)).isEqualTo(text.masked);
  }

  @ParameterizedTest
  @MethodSource("jsons")
  void stringsOfJsonAreMasked_andItStaysJson(Text text) {
    assertThat(MaskedText.json(text.written.replace('\'', '"')))
        .isEqualTo(text.masked.replace('\'', '"'));
  }

  @Test
  void longUrlFullOfQuotesIsMasked() {
    String url = "https://h/p?" + "\\\"".repeat(200_000) + "secret";
    assertThat(MaskedText.json("{\"m\":\"" + url + "\"}")).isEqualTo("{\"m\":\"https://h/p?…\"}");
  }
}
