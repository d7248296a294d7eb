package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.status.EnhancedStatus;

/** Every parser over every field of all mail we have, as it is and made worse. */
class ParsersNeverThrowTest {

  @Test
  void onRealMail() {
    int fields = 0;
    for (var mail : Corpus.mails()) {
      fields += readAll(mail.toString(), mail.bytes());
    }
    assertThat(fields).isGreaterThan(10_000);
  }

  @Test
  void onDamagedMail() {
    var mails = Corpus.mails();
    for (int seed = 0; seed < 5_000; seed++) {
      byte[] source = mails.get(seed % mails.size()).bytes();
      byte[] start = Arrays.copyOf(source, Math.min(source.length, 2_000));
      readAll("seed " + seed, new Mutator(seed).mutate(start));
    }
  }

  @Test
  void onDamagedValues() {
    String[] values = {
      "Ann \"Ex, ample\" (c) <@r,@s:a@[IPv6:::1]>, g: b@c.example;",
      "=?utf-8?Q?a=C3=A4?= =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=",
      "Fri, 21 Nov 1997 09:55:06.1 -0600 (CST)",
      "x/y; a*0*=utf-8''%e2; a*1=\"b\\\"\"; c=\"d",
      "<a@b> \"q\" (c) <d () e ! f>",
      "5.7.1 no",
      "user@[IPv6:2001:db8::1]",
      "\"a\\\"b\"@bücher.example"
    };
    for (int seed = 0; seed < 200_000; seed++) {
      String value = values[seed % values.length];
      String damaged = new Mutator(seed).mutate(value);
      try {
        readValue(damaged);
      } catch (RuntimeException e) {
        fail("seed " + seed + ": " + damaged, e);
      }
    }
  }

  private static int readAll(String what, byte[] bytes) {
    try {
      var block = HeaderBlock.of(bytes, bytes.length);
      int at = 0;
      for (HeaderField field : block.fields()) {
        assertThat(field.start()).isGreaterThanOrEqualTo(at);
        assertThat(field.end()).isGreaterThan(field.start());
        at = field.end();
        assertHarmless(field.value());
        assertHarmless(field.decoded());
        readValue(field.value());
      }
      assertThat(block.bodyOffset()).isBetween(at, bytes.length);
      return block.fields().size();
    } catch (RuntimeException | AssertionError e) {
      return fail(what, e);
    }
  }

  private static void assertHarmless(String text) {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
      fail("a line break or NUL got through: " + text);
    }
  }

  private static void readValue(String value) {
    String line = value.replaceAll("[\r\n\0]", " ");
    assertHarmless(EncodedWords.decode(line));
    ParameterizedHeader.parse(line)
        .parameters()
        .values()
        .forEach(ParsersNeverThrowTest::assertHarmless);
    for (HeaderMailbox mailbox : AddressListParser.parse(value)) {
      assertHarmless(mailbox.toString());
      assertThat(MailAddress.of(mailbox.address().toString())).isEqualTo(mailbox.address());
    }
    if (MailAddress.parse(value) instanceof ParsedAddress.Valid(var address)) {
      assertThat(MailAddress.of(address.toString())).isEqualTo(address);
      assertThat(ListId.forAddress(address)).isNotNull();
    }
    MessageId.parse(value).ifPresent(id -> assertHarmless(id.value()));
    MessageId.parseAll(value).forEach(id -> assertHarmless(id.value()));
    ListId.parse(value);
    MailId.parse(value);
    EnhancedStatus.parse(value);
    MailDates.parse(value);
    ParameterizedHeader.parse(value);
  }
}
