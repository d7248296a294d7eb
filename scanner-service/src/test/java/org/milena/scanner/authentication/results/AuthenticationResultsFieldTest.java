package org.milena.scanner.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.ReceivedMail;

class AuthenticationResultsFieldTest {

  private static final RawMessage MESSAGE =
      RawMessage.wrap("Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII));

  private static final Spf SPF = new Spf(Result.PASS, Spf.Identity.MAIL_FROM, "example.org", "ip4");
  private static final Dmarc DMARC =
      new Dmarc(
          Result.PASS,
          "example.org",
          "example.org",
          Dmarc.Policy.REJECT,
          false,
          List.of("spf"),
          "");
  private static final Arc NO_ARC = new Arc(Result.NONE, 0, null, "");
  private static final Iprev NO_IPREV = new Iprev(Result.NONE, null);

  private final AuthenticationResultsField field = new AuthenticationResultsField("mx.Example.org");

  private static MailMeta meta(ReversePath path, String helo, @Nullable String account) {
    MailMeta plain = ReceivedMail.meta(ReceivedMail.nextId(), MESSAGE);
    return new MailMeta(
        plain.mailId(),
        plain.receivedAt(),
        path,
        plain.recipients(),
        plain.body(),
        new ClientFacts("2001:db8::1", helo, "ESMTPS", null, account),
        plain.sha256(),
        null);
  }

  private static MailMeta meta() {
    return meta(ReversePath.of("ann@example.org"), "mail.example.org", null);
  }

  private static AuthenticationReport report(
      Spf spf, List<Signature> signatures, Dmarc dmarc, Arc arc, Iprev iprev) {
    return new AuthenticationReport(
        spf.result(),
        signatures.isEmpty() ? Result.NONE : signatures.getFirst().result(),
        dmarc.result(),
        dmarc.domain(),
        new AuthenticationEvidence(spf, signatures, dmarc, arc, iprev));
  }

  private static Signature signature(Result result, String domain, String selector, String reason) {
    return new Signature(result, domain, selector, "rsa-sha256", List.of("from"), true, reason);
  }

  /** As it stands in a message, read back. */
  private static String unfolded(String value) {
    RawMessage written =
        HeaderEditor.of(MESSAGE).prependRaw(AuthenticationResultsField.NAME, value).toMessage();
    List<HeaderField> fields = HeaderBlock.of(written).fields();
    assertThat(fields).hasSize(2);
    String text = new String(fields.getFirst().toByteArray(), StandardCharsets.UTF_8);
    for (String line : text.split("\r\n")) {
      assertThat(line.length()).as(line).isLessThan(998);
      assertThat(line).isNotBlank();
    }
    return fields.getFirst().value();
  }

  @Test
  void writesWhatWasFound() {
    var report =
        report(
            SPF,
            List.of(
                signature(Result.PASS, "example.org", "2026a", ""),
                signature(Result.FAIL, "list.example.net", "s1", "body hash did not verify")),
            DMARC,
            new Arc(Result.PASS, 2, "relay.example.net", ""),
            new Iprev(Result.FAIL, null));
    assertThat(field.value(meta(), report))
        .isEqualTo(
            String.join(
                "\r\n",
                "mx.example.org;",
                " spf=pass smtp.mailfrom=ann@example.org;",
                " dkim=pass header.d=example.org header.s=2026a header.a=rsa-sha256;",
                " dkim=fail reason=\"body hash did not verify\" header.d=list.example.net",
                "  header.s=s1 header.a=rsa-sha256;",
                " dmarc=pass policy.dmarc=reject header.from=example.org;",
                " arc=pass reason=\"i=2 by relay.example.net\";",
                " iprev=fail policy.iprev=\"2001:db8::1\""));
  }

  @Test
  void saysNoneWhenNothingWasChecked() {
    assertThat(field.value(meta(), AuthenticationReport.NOT_CHECKED))
        .isEqualTo("mx.example.org; none");
  }

  @Test
  void saysWhoSubmittedAMailAndNothingOfSpf() {
    var report =
        new AuthenticationReport(
            Result.NOT_CHECKED,
            Result.NONE,
            Result.NONE,
            null,
            new AuthenticationEvidence(
                new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", "submitted"),
                List.of(),
                new Dmarc(Result.NONE, "a.example", null, null, false, List.of(), "no record"),
                NO_ARC,
                NO_IPREV));
    MailMeta meta = meta(ReversePath.of("ann@example.org"), "[192.0.2.9]", "ann@example.org");
    assertThat(field.value(meta, report))
        .isEqualTo(
            String.join(
                "\r\n",
                "mx.example.org;",
                " auth=pass smtp.auth=ann@example.org;",
                " dkim=none;",
                " dmarc=none reason=\"no record\" header.from=a.example"));
  }

  @Test
  void namesTheHeloNameForTheNullPath() {
    var helo = new Spf(Result.SOFTFAIL, Spf.Identity.HELO, "mail.example.org", "~all");
    String value =
        field.value(
            meta(new ReversePath.Null(), "mail.example.org", null),
            report(helo, List.of(), DMARC, NO_ARC, NO_IPREV));
    assertThat(value).contains("spf=softfail reason=\"~all\" smtp.helo=mail.example.org;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "example.org|example.org",
        "ann@example.org|ann@example.org",
        "@example.org|@example.org",
        "a.b+c@x_y.example|a.b+c@x_y.example",
        "bounces+user=a.example@example.org|\"bounces+user=a.example@example.org\"",
        "a..b@example.org|\"a..b@example.org\"",
        "a@b@example.org|\"a@b@example.org\"",
        "ann@[192.0.2.1]|\"ann@[192.0.2.1]\"",
        "2001:db8::1|\"2001:db8::1\"",
        "192.0.2.1|192.0.2.1",
        "x; dmarc=pass|\"x; dmarc=pass\"",
        "a\"b\\c|\"a\\\"b\\\\c\"",
        "(a|\"(a\"",
        "b\u00fccher|\"b?cher\"",
        "x\ud83d\ude00y|\"x?y\"",
        "=?utf-8?q?x?=|\"=_utf-8?q?x?=\"",
        "=\u00e9|\"=_\"",
      })
  void quotesWhateverIsNoToken(String text, String written) {
    assertThat(PropertyValue.of(text)).isEqualTo(written);
  }

  @Test
  void quotesTheEmptyValueAndCutsALongOne() {
    assertThat(PropertyValue.of("")).isEqualTo("\"\"");
    assertThat(PropertyValue.of("a\r\nb\0c")).isEqualTo("\"a??b?c\"");
    assertThat(PropertyValue.of("a".repeat(10_000))).hasSize(256);
    assertThat(PropertyValue.reason("say \"\\\" = ?x" + "y".repeat(500)))
        .startsWith("\"say '/' = ?xy")
        .hasSize(62);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mx example", "mx;x", "mx.example.org.", "\u00fc.example", "a..b"})
  void refusesANameThatIsNoHost(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AuthenticationResultsField(name));
  }

  @Test
  void isReadBackWhateverStrangersWrote() {
    var random = new Random(8601);
    for (int i = 0; i < 20_000; i++) {
      Result result = Result.values()[random.nextInt(Result.values().length)];
      var spf =
          new Spf(result, Spf.Identity.values()[random.nextInt(2)], evil(random), evil(random));
      List<Signature> signatures = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        signatures.add(
            new Signature(
                Result.values()[random.nextInt(Result.values().length)],
                evil(random),
                evil(random),
                evil(random),
                List.of(),
                true,
                evil(random)));
      }
      var dmarc = new Dmarc(result, evil(random), null, null, false, List.of(), evil(random));
      var arc = new Arc(result, random.nextInt(50), evil(random), evil(random));
      MailMeta meta =
          meta(path(random), evil(random), random.nextInt(4) == 0 ? evil(random) : null);
      String value =
          field.value(meta, report(spf, signatures, dmarc, arc, new Iprev(result, evil(random))));
      ResultsReader.Results read = ResultsReader.read(unfolded(value));
      assertThat(read.authservId()).isEqualTo("mx.example.org");
      assertThat(read.statements())
          .extracting(ResultsReader.Statement::method)
          .allMatch(List.of("spf", "dkim", "dmarc", "arc", "iprev", "auth")::contains);
      assertThat(read.statements().stream().filter(s -> s.method().equals("dmarc")))
          .allMatch(s -> s.result().equals(result.name().toLowerCase(Locale.ROOT)));
      assertThat(read.statements().stream().filter(s -> s.method().equals("dkim")).count())
          .isLessThanOrEqualTo(Math.max(1, signatures.size()));
      assertThat(value.replace("\r\n ", " ")).matches("[ -~]+");
    }
  }

  private static final String[] EVIL = {
    ";",
    "\"",
    "\\",
    "(",
    ")",
    " ",
    "dmarc=pass",
    "\r\n",
    "\n",
    "\0",
    "=",
    "header.from=a",
    "\u00e9",
    "\ud83d\ude00",
    "\ud800",
    "=?utf-8?q?",
    "?=",
    "example.org",
    "@",
    "none",
    "a",
    "\u2028",
    "\t",
    ","
  };

  private static String evil(Random random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      text.append(EVIL[random.nextInt(EVIL.length)]);
    }
    return random.nextInt(20) == 0 ? text.toString().repeat(100) : text.toString();
  }

  private static ReversePath path(Random random) {
    String local = evil(random).replaceAll("[<>\\p{Cntrl}\u2028\ud800]", "");
    try {
      return new ReversePath.Mailbox(new MailAddress(local, "example.org"));
    } catch (IllegalArgumentException e) {
      return new ReversePath.Null();
    }
  }
}
