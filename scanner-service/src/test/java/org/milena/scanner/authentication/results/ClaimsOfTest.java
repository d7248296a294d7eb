package org.milena.scanner.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

class ClaimsOfTest {

  private final Predicate<HeaderField> claims =
      new AuthenticationResultsField("mx.example.org").claims();

  private boolean claims(String field) {
    byte[] bytes = (field + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    List<HeaderField> fields = HeaderBlock.of(RawMessage.wrap(bytes)).fields();
    assertThat(fields).as(field).hasSize(1);
    return claims.test(fields.getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authentication-Results: mx.example.org; dmarc=pass",
        "authentication-RESULTS : MX.Example.ORG; dmarc=pass",
        "Authentication-Results:mx.example.org;dmarc=pass",
        "Authentication-Results: mx.example.org 1; dmarc=pass",
        "Authentication-Results: mx.example.org (c) 1 (d); dmarc=pass",
        "Authentication-Results: (a (b \\) c) d) mx.example.org; dmarc=pass",
        "Authentication-Results: \"mx.example.org\"; dmarc=pass",
        "Authentication-Results: \"mx.\\example.org\"; dmarc=pass",
        "Authentication-Results: \"mx\".\"example\".org; dmarc=pass",
        "Authentication-Results: mx . example (x) . org; dmarc=pass",
        "Authentication-Results: mx.example.org.; dmarc=pass",
        "Authentication-Results: mx.example.org/7; dmarc=pass",
        "Authentication-Results: mx.example.org",
        "Authentication-Results: mx.example.org none",
        "Authentication-Results: mx.example.org, dmarc=pass",
        "Authentication-Results:\r\n mx.example.org\r\n\t;\r\n dmarc=pass",
        "Authentication-Results: mx.exam\r\n ple.org; dmarc=pass",
        "Authentication-Results: =?utf-8?q?mx.example.org?=; dmarc=pass",
        "Authentication-Results: =?utf-8?b?bXguZXhhbXBsZS5vcmc=?=; dmarc=pass",
        "Authentication-Results: =?utf-8?q?mx.example.org=3B_dmarc=3Dpass?=",
        "Authentication-Results: mx.exam\u200bple.org; dmarc=pass",
        "Authentication-Results: mx.exam\u00adple.org; dmarc=pass",
        "Authentication-Results: mx\u3002example\uff0eorg; dmarc=pass",
        "Authentication-Results: \uff4d\uff58.example.org; dmarc=pass",
        "Authentication-Results: \u00a0mx.example.org\u00a0; dmarc=pass",
        "Authentication-Results: mx.exam\0ple.org; dmarc=pass",
        "Authentication-Results: (mx.example.org; dmarc=pass",
        "Authentication-Results: (c mx.example.org; dmarc=pass",
        "Authentication-Results: \"mx.example.org; dmarc=pass",
        "Received-SPF: pass (mx.example.org: domain of a@b.example designates it)",
        "Received-SPF: pass client-ip=192.0.2.1; receiver=mx.example.org; identity=mailfrom",
        "received-spf: Pass receiver = \"MX.example.org.\" ;",
        "Received-SPF: pass\r\n (mx.example.org: x)\r\n receiver=other.example",
      })
  void sayTheyComeFromUsInAnySpelling(String field) {
    assertThat(claims(field)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authentication-Results: example.org; dmarc=pass",
        "Authentication-Results: a.mx.example.org; dmarc=pass",
        "Authentication-Results: mx.example.org.evil.example; dmarc=pass",
        "Authentication-Results: notmx.example.org; dmarc=pass",
        "Authentication-Results: mx.example.org1; dmarc=pass",
        "Authentication-Results: other.example; dmarc=pass header.from=mx.example.org",
        "Authentication-Results: other.example (mx.example.org); dmarc=pass",
        "Authentication-Results: (mx.example.org) other.example; dmarc=pass",
        "Authentication-Results: (a.mx.example.org; dmarc=pass",
        "Authentication-Results: ; mx.example.org",
        "Authentication-Results:",
        "ARC-Authentication-Results: i=1; mx.example.org; dmarc=pass",
        "X-Authentication-Results: mx.example.org; dmarc=pass",
        "Received-SPF: pass (other.example: x) receiver=other.example; helo=mx.example.org",
        "Received-SPF: pass receiver=a.mx.example.org;",
        "Received: by mx.example.org",
      })
  void leaveTheFieldsOfOthersAlone(String field) {
    assertThat(claims(field)).isFalse();
  }

  @Test
  void knowUsByEitherSpellingOfAnInternationalName() {
    var ours = new ClaimsOf("xn--bcher-kva.example");
    assertThat(ours.isAuthservId("b\u00fccher.example; dmarc=pass")).isTrue();
    assertThat(ours.isAuthservId("XN--bcher-kva.example; dmarc=pass")).isTrue();
  }

  /** Spellings that mean the same by the grammar, put together at random. */
  @Test
  void findEverySpellingTheGrammarAllows() {
    var random = new Random(5);
    var ours = new ClaimsOf("mx.example.org");
    for (int i = 0; i < 50_000; i++) {
      var value = new StringBuilder(space(random));
      boolean quoted = random.nextBoolean();
      value.append(quoted ? "\"" : "");
      for (char c : "mx.example.org".toCharArray()) {
        value.append(quoted && random.nextInt(4) == 0 ? "\\" : "");
        value.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
      }
      value.append(quoted ? "\"" : "").append(space(random));
      if (random.nextInt(3) == 0) {
        value.append(space(random)).append(" 1").append(space(random));
      }
      value.append(random.nextInt(5) == 0 ? "" : "; dmarc=pass header.from=bank.example");
      assertThat(ours.isAuthservId(value.toString())).as(value.toString()).isTrue();
    }
  }

  private static String space(Random random) {
    var space = new StringBuilder();
    for (int n = random.nextInt(3); n > 0; n--) {
      space.append(
          switch (random.nextInt(4)) {
            case 0 -> " ";
            case 1 -> "\t";
            case 2 -> "(other.example; \\) \\( (x))";
            default -> "()";
          });
    }
    return space.toString();
  }

  @Test
  void surviveAnyText() {
    var random = new Random(6);
    var ours = new ClaimsOf("mx.example.org");
    String[] parts = {
      "mx.example.org",
      "mx",
      ".",
      "example",
      "org",
      "\"",
      "(",
      ")",
      "\\",
      ";",
      " ",
      "1",
      "/",
      "=",
      "=?utf-8?q?",
      "?=",
      "\u00e9",
      "\0",
      "\ud83d",
      "\udb40\udc41",
      "receiver="
    };
    for (int i = 0; i < 100_000; i++) {
      var value = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        value.append(parts[random.nextInt(parts.length)]);
      }
      ours.isAuthservId(value.toString());
    }
    for (String part : parts) {
      ours.isAuthservId(part.repeat(50_000));
      claims("Received-SPF: x" + part.repeat(20_000).replace("\0", ""));
    }
  }
}
