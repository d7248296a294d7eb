package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 2045 section 5.1, RFC 2231, and what programs write instead. */
class ParameterizedHeaderTest {

  static Stream<Arguments> values() {
    return Stream.of(
        value("text/plain", "text/plain"),
        value("Text/Plain; Charset=UTF-8", "text/plain", "charset=UTF-8"),
        value(
            "text/plain; charset=\"us-ascii\"; format=flowed",
            "text/plain",
            "charset=us-ascii",
            "format=flowed"),
        value(
            "text/plain (a comment); charset=us-ascii (Plain text)",
            "text/plain",
            "charset=us-ascii"),
        value("multipart/mixed ; ; ;; boundary=\"foo;bar\"", "multipart/mixed", "boundary=foo;bar"),
        value(
            "multipart/mixed; boundary=\"a \\\"b\\\" \\\\c\"",
            "multipart/mixed",
            "boundary=a \"b\" \\c"),
        value(
            "multipart/mixed; boundary=----=_Part_1.2=",
            "multipart/mixed",
            "boundary=----=_Part_1.2="),
        value("attachment; filename=\"C:\\dir\\x.txt\"", "attachment", "filename=C:\\dir\\x.txt"),
        value(
            "attachment; filename=a b (1).pdf; size=3",
            "attachment",
            "filename=a b (1).pdf",
            "size=3"),
        value(
            "attachment; filename=\"my \"file\".txt\"; size=3",
            "attachment",
            "filename=my \"file\".txt",
            "size=3"),
        value("text/plain charset=utf-8", "text/plain", "charset=utf-8"),
        value(
            "text/plain; charset=utf-8 format=flowed",
            "text/plain",
            "charset=utf-8",
            "format=flowed"),
        value(
            "text/plain; charset=\"utf-8\" format=flowed",
            "text/plain",
            "charset=utf-8",
            "format=flowed"),
        value("text/plain; name=\"a\"; name=\"b\"", "text/plain", "name=a"),
        value(
            "text/plain; charset=\"utf-8; format=flowed",
            "text/plain",
            "charset=utf-8",
            "format=flowed"),
        value("text/html;iso-8859-1", "text/html"),
        value("; charset=x", "", "charset=x"),
        value("charset=x", "", "charset=x"),
        value("", ""),
        value("\"text/plain\"; a=b", "text/plain", "a=b"),
        value("text / plain; a = b", "text/plain", "a=b"),
        value("text/plain; a=; b=\"\"; c", "text/plain", "a=", "b="),
        // RFC 2231
        value(
            "message/external-body; access-type=URL; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu/x\"",
            "message/external-body",
            "access-type=URL",
            "url=ftp://cs.utk.edu/x"),
        value(
            "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A",
            "application/x-stuff", "title=This is ***fun***"),
        value(
            "x/y; title*0*=us-ascii'en'This%20is%20even%20more%20;"
                + " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
            "x/y", "title=This is even more ***fun*** isn't it!"),
        value("x/y; a*2=c; a*0=a; a*1=b; a*4=e", "x/y", "a=abc"),
        value("x/y; filename=plain; filename*=utf-8''%e2%82%ac", "x/y", "filename=€"),
        value("x/y; filename*0*=utf-8''%e2%82; filename*1*=%ac", "x/y", "filename=€"),
        value("x/y; filename*=iso-8859-1''caf%e9", "x/y", "filename=café"),
        value("x/y; filename*=%e2%82%ac.txt", "x/y", "filename=€.txt"),
        value("x/y; filename*=utf-8''100%", "x/y", "filename=100%"),
        value("x/y; filename*=utf-8''a%0d%0ab%00", "x/y", "filename=a b\uFFFD"),
        value("x/y; filename*1=b", "x/y"),
        value("x/y; filename*x=b; *=c; *0=d", "x/y"),
        // RFC 2047 in a parameter, which section 5 forbids and many write
        value("x/y; filename=\"=?utf-8?Q?caf=C3=A9?=.txt\"", "x/y", "filename=café.txt"),
        value("x/y; name==?utf-8?B?w6Q=?=", "x/y", "name=ä"));
  }

  private static Arguments value(String text, String value, String... parameters) {
    return Arguments.of(text, value, List.of(parameters));
  }

  @ParameterizedTest
  @MethodSource("values")
  void reads(String text, String value, List<String> parameters) {
    var header = ParameterizedHeader.parse(text);
    assertThat(header.value()).isEqualTo(value);
    assertThat(header.parameters().entrySet())
        .extracting(entry -> entry.getKey() + "=" + entry.getValue())
        .isEqualTo(parameters);
  }

  @Test
  void findsParametersInAnyCase() {
    var header = ParameterizedHeader.parse("a/b; Boundary=X");
    assertThat(header.parameter("BOUNDARY")).contains("X");
    assertThat(header.parameter("charset")).isEmpty();
  }

  @Test
  void hostileValuesAreReadInOnePass() {
    int n = 300_000;
    for (String part :
        List.of(
            ";", "\"", "a=\"", "a=\"x;", "(", "=", "a=b;", "\\", "\" ", "a*0=", "; a*1=b",
            "a=\"\"x")) {
      assertThat(ParameterizedHeader.parse("x/y;" + part.repeat(n)).value()).isEqualTo("x/y");
    }
    assertThat(ParameterizedHeader.parse("x y=".repeat(n)).parameters()).hasSizeLessThan(n);
  }
}
