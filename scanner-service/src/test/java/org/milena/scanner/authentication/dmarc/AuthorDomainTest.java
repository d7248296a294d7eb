package org.milena.scanner.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.dmarc.AuthorDomain.Known;
import org.milena.scanner.authentication.dmarc.AuthorDomain.Unclear;

class AuthorDomainTest {

  private static AuthorDomain of(String header) {
    byte[] bytes = (header + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8);
    return AuthorDomain.of(HeaderBlock.of(RawMessage.wrap(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: ann@example.org",
        "from : Ann <ann@EXAMPLE.org>",
        "From: \"Ann, of example.net\" <ann@example.org>",
        "From: \"ann@bank.example\" <ann@example.org>",
        "From: ann@bank.example <ann@example.org>",
        "From: ann@example.org (ann@bank.example)",
        "From: =?utf-8?q?Ann=2C?= <ann@example.org>",
        "From: =?utf-8?q?Smith,_Ann?= <ann@example.org>",
        "From: Ann <ann@example.org>, \"Bob\" <bob@example.org>",
        "From: Staff: ann@example.org, bob@example.org;",
        "From: <@bank.example,@b.example:ann@example.org>",
        "From: \"a,b@c\"@example.org",
        "From: Ann\r\n <ann@example.org>",
        "From: ann@example.org\r\nSender: bob@example.net",
      })
  void isTheDomainOfTheAddressesInFrom(String header) {
    assertThat(of(header)).isEqualTo(new Known("example.org"));
  }

  @Test
  void isAnALabel() {
    assertThat(of("From: ann@b\u00fccher.example")).isEqualTo(new Known("xn--bcher-kva.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: none",
        "From: ann@example.org\r\nFrom: ann@example.org",
        "From: ann@example.org\r\nfrom : bob@example.net",
        "From:",
        "From: Ann",
        "From: undisclosed:;",
        "From: ann@example.org, bob@example.net",
        "From: ann@example.org; bob@mail.example.org",
        "From: ann@[192.0.2.1]",
        // what the reader of addresses leaves out, and a person would see
        "From: ceo@bank..example, mallory@example.org",
        "From: <ceo@bank..example> <mallory@example.org>",
        "From: mallory@example.org, ceo@bank_inc.example",
        "From: ceo@-bank.example, <mallory@example.org>",
        "From: \"ceo@bank.example, <mallory@example.org>",
        "From: <ceo@bank..example, mallory@example.org",
        "From: (ceo@bank.example mallory@example.org",
      })
  void isUnclearWithoutExactlyOne(String header) {
    assertThat(of(header)).isInstanceOf(Unclear.class);
  }

  @Test
  void isUnclearWhereFromIsLongerThanAnyoneReads() {
    assertThat(of("From: ann@example.org," + "\r\n ".repeat(22_000) + "<b@example.org>"))
        .isEqualTo(new Unclear("From is longer than 65536 octets"));
    assertThat(of("From: " + "<a@b.c>,".repeat(9_000))).isInstanceOf(Unclear.class);
  }

  @Test
  void survivesAnyField() {
    var random = new Random(5322);
    String[] parts = {
      "a@b.c",
      "x@y.z",
      "\"",
      "(",
      ")",
      "<",
      ">",
      ",",
      ";",
      ":",
      "\\",
      " ",
      "@",
      "=?utf-8?q?a@b?=",
      "[1.2.3.4]",
      "\r\n ",
      "\u0000",
      "\u00e9",
      "."
    };
    for (int i = 0; i < 50_000; i++) {
      var field = new StringBuilder("From: ");
      for (int n = random.nextInt(14); n > 0; n--) {
        field.append(parts[random.nextInt(parts.length)]);
      }
      if (of(field.toString()) instanceof Known(var name)) {
        assertThat(name).as(field.toString()).matches("[a-z0-9.-]+");
      }
    }
    assertThat(of("From: " + "(".repeat(100_000))).isInstanceOf(Unclear.class);
    assertThat(of("From: " + "<a@b.c>,".repeat(8_000))).isEqualTo(new Known("b.c"));
  }
}
