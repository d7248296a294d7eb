package org.milena.scanner.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.lookup.SlowLookup;

/** RFC 6376 section 6.1, with RFC 8301, 8463 and 8616. */
class DkimVerifierTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
  private static final long NOW = CLOCK.instant().getEpochSecond();

  private static final String MAIL =
      """
      From: Ana <ana@example.org>
      To: list@lists.example
      Subject: Hello
       world
      Date: Sun, 1 Mar 2026 11:59:00 +0000
      Received: from a by b

      First  line
      second line

      """
          .replace("\n", "\r\n");

  private final TestSigner rsa = TestSigner.rsa("example.org", "s1");
  private final TestSigner edwards = TestSigner.ed25519("example.org", "s2");
  private final KeyRecords keys = KeyRecords.of(rsa, edwards);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple/simple",
        "simple/relaxed",
        "relaxed/simple",
        "relaxed/relaxed",
        "simple",
        "relaxed"
      })
  void passesWhatWasSignedInEveryForm(String forms) {
    assertThat(verify(rsa.with("c", forms).sign(MAIL)))
        .isEqualTo(
            new Signature(
                Result.PASS,
                "example.org",
                "s1",
                "rsa-sha256",
                List.of("from", "to", "subject", "date"),
                true,
                ""));
    assertThat(verify(edwards.with("c", forms).sign(MAIL)).result()).isEqualTo(Result.PASS);
  }

  @Test
  void takesSimpleForAFormThatIsNotGiven() {
    assertThat(verify(rsa.without("c").sign(MAIL)).result()).isEqualTo(Result.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: a@example.org\r\n",
        "From: a@example.org\r\n\r\n",
        "From: a@example.org\r\n\r\n\r\n\r\n"
      })
  void passesMessagesWithoutABody(String mail) {
    for (String form : List.of("simple/simple", "relaxed/relaxed")) {
      assertThat(verify(rsa.with("c", form).sign(mail)).result()).isEqualTo(Result.PASS);
    }
  }

  /** RFC 6376 appendix A.2, with the key of appendix C. */
  @Test
  void passesTheExampleOfTheRfc() {
    String mail =
        """
        DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
              c=simple/simple; q=dns/txt; i=joe@football.example.com;
              h=Received : From : To : Subject : Date : Message-ID;
              bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
              b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
              4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
              KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
              4bmp/YzhwvcubU4=;
        Received: from client1.football.example.com  [192.0.2.1]
              by submitserver.example.com with SUBMISSION;
              Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game. Are you hungry yet?

        Joe.
        """
            .replace("\n", "\r\n");
    keys.put(
        "brisbane._domainkey.example.com",
        "v=DKIM1;"
            + " p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
            + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfV"
            + "jH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");

    assertThat(verify(mail).result()).isEqualTo(Result.PASS);
    assertThat(verify(mail.replace("  [192", " [192")).result()).isEqualTo(Result.FAIL);
  }

  @Test
  void doesNotTrustAHeaderOfUnreasonableSize() {
    String padding = ("X-Pad: " + "x".repeat(990) + "\r\n").repeat(1_100);

    assertThat(verify(padding + rsa.sign(MAIL)).reason())
        .isEqualTo("the header is larger than 1048576 octets");
  }

  @Test
  void reportsEverySignatureInItsOrder() {
    String once = edwards.sign(MAIL);
    String twice = rsa.with("d", "other.example").sign(once);

    assertThat(verifier().verify(raw(twice)))
        .extracting(Signature::domain, Signature::algorithm, Signature::result)
        .containsExactly(
            tuple("other.example", "rsa-sha256", Result.PERMERROR),
            tuple("example.org", "ed25519-sha256", Result.PASS));
  }

  @Test
  void findsNothingInAMailWithoutSignature() {
    assertThat(verifier().verify(raw(MAIL))).isEmpty();
    assertThat(verifier().verify(raw("DomainKey-Signature: a=rsa-sha1; d=a.example\r\n" + MAIL)))
        .isEmpty();
    assertThat(verifier().verify(raw(""))).isEmpty();
  }

  // what was changed on the way

  @ParameterizedTest
  @CsvSource({
    "ana@,eve@,the header is not the one that was signed",
    "Hello,HellO,the header is not the one that was signed",
    "First,Last,the body is not the one that was signed",
    "second line,second line and more,the body is not the one that was signed",
    "d=example.org;,d=example.org; z=x;,the header is not the one that was signed",
  })
  void failsWhatWasChanged(String was, String is, String reason) {
    Signature signature = verify(rsa.sign(MAIL).replaceFirst(was, is));

    assertThat(signature.result()).isEqualTo(Result.FAIL);
    assertThat(signature.reason()).isEqualTo(reason);
  }

  @Test
  void toleratesInRelaxedFormWhatMailServersDo() {
    String moved =
        rsa.sign(MAIL)
                .replace("Subject: Hello\r\n world", "SUBJECT:Hello   world ")
                .replace("First  line", "First line \t")
                .replace("Received: from a by b\r\n", "")
                .replaceFirst("\\A", "Received: by c\r\n")
            + "\r\n\r\n";

    assertThat(verify(moved).result()).isEqualTo(Result.PASS);
    assertThat(
            verify(rsa.with("c", "simple/simple").sign(MAIL).replace("Subject:", "SUBJECT:"))
                .result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void signsFieldsFromTheBottomUp() {
    String mail = "X: 1\r\nX: 2\r\nX: 3\r\n" + MAIL;
    String signed = rsa.with("h", "from:x:x").sign(mail);

    assertThat(verify(signed).result()).isEqualTo(Result.PASS);
    assertThat(verify(signed.replace("X: 1\r\n", "X: 0\r\n")).result()).isEqualTo(Result.PASS);
    assertThat(verify("X: 0\r\n" + signed).result()).isEqualTo(Result.PASS);
    assertThat(verify(signed.replace("X: 2\r\nX: 3", "X: 3\r\nX: 2")).result())
        .isEqualTo(Result.FAIL);
    assertThat(verify(signed.replace("X: 3\r\n", "")).result()).isEqualTo(Result.FAIL);
  }

  @Test
  void noticesAFieldThatWasSignedAsMissing() {
    String signed = rsa.with("h", "from:from:subject:subject:reply-to:X-None").sign(MAIL);

    assertThat(verify(signed).result()).isEqualTo(Result.PASS);
    assertThat(verify("Reply-To: eve@evil.example\r\n" + signed).result()).isEqualTo(Result.FAIL);
    assertThat(verify("Subject: another\r\n" + signed).result()).isEqualTo(Result.FAIL);
    assertThat(verify("From: eve@evil.example\r\n" + signed).result()).isEqualTo(Result.FAIL);
  }

  @Test
  void signsOtherSignaturesAndNeverItself() {
    String inner = edwards.sign(MAIL);
    String outer = rsa.with("h", "from:dkim-signature:dkim-signature").sign(inner);

    assertThat(verifier().verify(raw(outer)))
        .extracting(Signature::result)
        .containsExactly(Result.PASS, Result.PASS);
    assertThat(verify(outer.replaceFirst("(?s)(.*)v=1; a=ed", "$1v=1;  a=ed")).result())
        .isEqualTo(Result.PASS);
    assertThat(
            verifier()
                .verify(raw(outer.replace("a=ed25519-sha256", "a=rsa-sha256")))
                .getFirst()
                .result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void doesNotPassWhenAnUnsignedAuthorWasPutBesideTheSignedOne() {
    Signature signature = verify("From: Eve <eve@evil.example>\r\n" + rsa.sign(MAIL));

    assertThat(signature.result()).isEqualTo(Result.POLICY);
    assertThat(signature.reason()).isEqualTo("there are more From fields than are signed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To",
        "Cc",
        "Subject",
        "Date",
        "Sender",
        "Reply-To",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding"
      })
  void doesNotPassWhenAFieldThatIsShownWasPutBesideTheSignedOne(String name) {
    String mail = name + ": x\r\n" + MAIL.replaceFirst("(?m)^" + name + ":.*\r\n( .*\r\n)*", "");
    TestSigner once = rsa.with("h", "from:" + name);
    TestSigner twice = rsa.with("h", "from:" + name + ":" + name);
    String another = name.toUpperCase(Locale.ROOT) + ": another\r\n";

    assertThat(verify(once.sign(mail)).result()).isEqualTo(Result.PASS);
    assertThat(verify(another + once.sign(mail)))
        .extracting(Signature::result, Signature::reason)
        .containsExactly(Result.POLICY, "there are more " + name + " fields than are signed");
    // one that nobody signed is not shown instead of a signed one; of two nobody knows
    assertThat(verify(rsa.with("h", "from").sign(mail)).result()).isEqualTo(Result.PASS);
    assertThat(verify(another + rsa.with("h", "from").sign(mail)).result())
        .isEqualTo(Result.POLICY);
    assertThat(verify(twice.sign(another + mail)).result()).isEqualTo(Result.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: b\r\nan unindented line\r\nX-C: d\r\n",
        "X-A: b\n",
        "X-A: b\r\r\n",
        "X-A: b\r c\r\n",
        "From eve Sun Mar  1 12:00:00 2026\r\n",
        " indented\r\n"
      })
  void doesNotPassWhenTheHeaderCanBeReadInTwoWays(String onTop) {
    String signed = rsa.sign(MAIL);
    assertThat(verify(signed).result()).isEqualTo(Result.PASS);

    assertThat(verify(onTop + signed).reason())
        .isEqualTo("the header can be read in more than one way");
    assertThat(verify(onTop + signed).result()).isEqualTo(Result.POLICY);
  }

  // l=

  @Test
  void doesNotPassWhatCoversOnlyTheBeginningOfTheBody() {
    String signed = rsa.with("l", "12").sign(MAIL);
    Signature before = verify(signed);
    Signature after = verify(signed + "<script>anything</script>\r\n");

    assertThat(before.result()).isEqualTo(Result.POLICY);
    assertThat(before.reason()).isEqualTo("covers only 12 of 25 octets of the body");
    assertThat(before.wholeBody()).isFalse();
    assertThat(after.result()).isEqualTo(Result.POLICY);
    assertThat(after.reason()).isEqualTo("covers only 12 of 54 octets of the body");
    assertThat(verify(signed.replace("First", "Worst")).result()).isEqualTo(Result.FAIL);
    assertThat(verify(rsa.with("l", "0").sign(MAIL)).result()).isEqualTo(Result.POLICY);
  }

  @Test
  void passesWhatCoversTheBodyToItsEnd() {
    Signature signature = verify(rsa.with("l", "25").sign(MAIL));

    assertThat(signature.result()).isEqualTo(Result.PASS);
    assertThat(signature.wholeBody()).isTrue();
    // empty lines at the end are no part of the body that counts
    assertThat(verify(rsa.with("l", "25").sign(MAIL) + "\r\n").result()).isEqualTo(Result.PASS);
    assertThat(verify(rsa.with("l", "0").sign("From: a@example.org\r\n\r\n")).result())
        .isEqualTo(Result.PASS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"26", "999999999999999999", "99999999999999999999999999"})
  void refusesALengthBeyondTheBody(String length) {
    Signature signature = verify(rsa.with("l", length).sign(MAIL));

    assertThat(signature.result()).isEqualTo(Result.PERMERROR);
    assertThat(signature.reason()).isEqualTo("l= is larger than the body");
  }

  // tags

  static Stream<Arguments> tags() {
    TestSigner rsa = TestSigner.rsa("example.org", "s1");
    return Stream.of(
        Arguments.of(rsa.without("v"), Result.PERMERROR, "v= is missing"),
        Arguments.of(rsa.with("v", "0.5"), Result.NEUTRAL, "a version nobody knows in v="),
        Arguments.of(rsa.with("v", "2"), Result.NEUTRAL, "a version nobody knows in v="),
        Arguments.of(rsa.with("v", "1.0"), Result.NEUTRAL, "a version nobody knows in v="),
        Arguments.of(rsa.without("a"), Result.PERMERROR, "a= is missing"),
        Arguments.of(rsa.with("a", "rsa-md5"), Result.NEUTRAL, "an algorithm nobody knows in a="),
        Arguments.of(
            rsa.with("a", "RSA-SHA256"), Result.NEUTRAL, "an algorithm nobody knows in a="),
        Arguments.of(
            rsa.with("a", "ed25519-sha256"), Result.PERMERROR, "the key is for another algorithm"),
        Arguments.of(
            rsa.with("a", "rsa-sha1"), Result.POLICY, "rsa-sha1 is not to be trusted (RFC 8301)"),
        Arguments.of(rsa.without("d"), Result.PERMERROR, "d= is missing"),
        Arguments.of(rsa.with("d", ""), Result.PERMERROR, "d= is empty"),
        Arguments.of(rsa.with("d", "example..org"), Result.PERMERROR, "no domain name in d="),
        Arguments.of(rsa.with("d", "exa mple.org"), Result.PERMERROR, "no domain name in d="),
        Arguments.of(
            rsa.with("d", "x.".repeat(130) + "org"), Result.PERMERROR, "no domain name in d="),
        Arguments.of(rsa.with("d", "org"), Result.POLICY, "signed by a top-level domain"),
        Arguments.of(rsa.without("s"), Result.PERMERROR, "s= is missing"),
        Arguments.of(rsa.with("s", "a.."), Result.PERMERROR, "no domain name in s="),
        Arguments.of(rsa.with("s", "other"), Result.PERMERROR, "no key for this signature"),
        Arguments.of(rsa.without("h"), Result.PERMERROR, "h= is missing"),
        Arguments.of(rsa.with("h", ""), Result.NEUTRAL, "no field names in h="),
        Arguments.of(rsa.with("h", "from::to"), Result.NEUTRAL, "no field names in h="),
        Arguments.of(rsa.with("h", "to:subject"), Result.PERMERROR, "From is not signed"),
        Arguments.of(rsa.with("h", "FROM:To \r\n : \r\n\tsubject"), Result.PASS, ""),
        Arguments.of(rsa.with("b", ""), Result.PERMERROR, "b= is empty"),
        Arguments.of(rsa.with("b", "not_base_64"), Result.NEUTRAL, "no base64 in b="),
        Arguments.of(
            rsa.with("b", "QUJD"), Result.FAIL, "the header is not the one that was signed"),
        Arguments.of(rsa.with("bh", ""), Result.PERMERROR, "bh= is empty"),
        Arguments.of(rsa.with("bh", "%%%"), Result.NEUTRAL, "no base64 in bh="),
        Arguments.of(
            rsa.with("bh", "QUJD"), Result.FAIL, "the body is not the one that was signed"),
        Arguments.of(
            rsa.with("c", "nofws"), Result.NEUTRAL, "a canonicalization nobody knows in c="),
        Arguments.of(
            rsa.with("c", "relaxed/"), Result.NEUTRAL, "a canonicalization nobody knows in c="),
        Arguments.of(
            rsa.with("c", "relaxed/simple/x"),
            Result.NEUTRAL,
            "a canonicalization nobody knows in c="),
        Arguments.of(rsa.with("q", "dns/txt"), Result.PASS, ""),
        Arguments.of(rsa.with("q", "other/x : dns/txt"), Result.PASS, ""),
        Arguments.of(rsa.with("q", "dns"), Result.NEUTRAL, "no query method of ours in q="),
        Arguments.of(rsa.with("i", "@example.org"), Result.PASS, ""),
        Arguments.of(rsa.with("i", "ana=40home@Mail.Example.ORG"), Result.PASS, ""),
        Arguments.of(rsa.with("i", "ana=40example.org"), Result.PASS, ""),
        Arguments.of(rsa.with("i", "@badexample.org"), Result.PERMERROR, "i= is not within d="),
        Arguments.of(rsa.with("i", "@org"), Result.PERMERROR, "i= is not within d="),
        Arguments.of(
            rsa.with("i", "ana@example.org@evil.example"), Result.PERMERROR, "i= is not within d="),
        Arguments.of(rsa.with("i", "example.org"), Result.PERMERROR, "no address in i="),
        Arguments.of(rsa.with("i", ""), Result.PERMERROR, "no address in i="),
        Arguments.of(rsa.with("t", "" + NOW), Result.PASS, ""),
        Arguments.of(rsa.with("t", "" + (NOW + 3_000)), Result.PASS, ""),
        Arguments.of(rsa.with("t", "" + (NOW + 4_000)), Result.POLICY, "made in the future"),
        Arguments.of(rsa.with("t", "yesterday"), Result.NEUTRAL, "no number in t="),
        Arguments.of(rsa.with("t", "-1"), Result.NEUTRAL, "no number in t="),
        Arguments.of(rsa.with("x", "" + (NOW + 1)), Result.PASS, ""),
        Arguments.of(rsa.with("x", "" + (NOW - 200)), Result.PASS, ""),
        Arguments.of(rsa.with("x", "" + (NOW - 400)), Result.POLICY, "expired"),
        Arguments.of(rsa.with("x", "999999999999"), Result.PASS, ""),
        Arguments.of(rsa.with("x", "9999999999999"), Result.NEUTRAL, "no number in x="),
        Arguments.of(
            rsa.with("t", "100").with("x", "100"), Result.PERMERROR, "expires before it was made"),
        Arguments.of(rsa.with("l", "many"), Result.NEUTRAL, "no number in l="),
        Arguments.of(rsa.with("l", "+5"), Result.NEUTRAL, "no number in l="),
        Arguments.of(rsa.with("l", ""), Result.NEUTRAL, "no number in l="),
        Arguments.of(rsa.with("z", "From:x=3Bs"), Result.PASS, ""),
        Arguments.of(rsa.with("unknown_1", "x"), Result.PASS, ""),
        Arguments.of(rsa.with("V", "2"), Result.PASS, ""),
        Arguments.of(rsa.with("1x", "x"), Result.NEUTRAL, "no list of tags"),
        Arguments.of(rsa.with("z", "x; d=example.org"), Result.NEUTRAL, "no list of tags"),
        Arguments.of(rsa.with("z", "x;"), Result.NEUTRAL, "no list of tags"));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void judgesTags(TestSigner signer, Result result, String reason) {
    Signature signature = verify(signer.sign(MAIL));

    assertThat(signature.reason()).isEqualTo(reason);
    assertThat(signature.result()).isEqualTo(result);
  }

  @Test
  void asksNobodyAboutASignatureThatCannotPass() {
    verify(rsa.with("a", "rsa-sha1").sign(MAIL));
    verify(rsa.with("x", "1").sign(MAIL));
    verify(rsa.with("v", "2").sign(MAIL));

    assertThat(keys.asked()).isEmpty();
  }

  // internationalized domains: RFC 8616 section 5

  @Test
  void looksInternationalizedDomainsUpAsALabels() {
    keys.put("s1._domainkey.xn--bcher-kva.example", rsa.keyRecord());
    String uLabel = new String("bücher.example".getBytes(UTF_8), ISO_8859_1);
    Signature signature =
        verify(rsa.with("d", uLabel).with("i", "ana@post.xn--BCHER-kva.example").sign(MAIL));

    assertThat(signature.result()).isEqualTo(Result.PASS);
    assertThat(signature.domain()).isEqualTo("xn--bcher-kva.example");
    assertThat(
            verify(rsa.with("d", "xn--bcher-kva.example").with("i", "ana@" + uLabel).sign(MAIL))
                .result())
        .isEqualTo(Result.PASS);
    assertThat(verify(rsa.with("d", "b\u00fccher.example").sign(MAIL)).reason())
        .isEqualTo("no domain name in d=");
  }

  // keys are in KeysTest

  @Test
  void looksAtTenSignaturesOnly() {
    String mail = rsa.sign(MAIL);
    for (int i = 0; i < 10; i++) {
      mail = rsa.with("s", "x" + i).sign(mail);
    }

    List<Signature> signatures = verifier().verify(raw(mail));

    assertThat(signatures).hasSize(10).allMatch(found -> found.result() == Result.PERMERROR);
    assertThat(keys.asked()).hasSize(10);
  }

  /** Who delays the keys of strangers would else have a forged signature count as unknown. */
  @ParameterizedTest
  @CsvSource({
    "Ana <ana@example.org>, example.org",
    "ana@mail.example.org, example.org",
    "Ana <ana@example.org>, mail.example.org"
  })
  void asksFirstForTheKeyOfTheAuthorsDomain(String author, String signer) {
    String mail = MAIL.replace("Ana <ana@example.org>", author);
    TestSigner forger = TestSigner.rsa(signer, "s1").with("b", "QUJD");
    String signed = forger.sign(mail);
    for (int i = 0; i < 5; i++) {
      signed = TestSigner.rsa("slow" + i + ".example", "s").with("b", "QUJD").sign(signed);
    }
    var slow =
        new SlowLookup(
            KeyRecords.of(forger),
            CLOCK.instant(),
            Duration.ofMillis(4_500),
            name -> name.contains("slow"));

    List<Signature> signatures = new DkimVerifier(slow, slow).verify(raw(signed));

    assertThat(slow.asked().getFirst()).isEqualTo(forger.keyName());
    assertThat(signatures)
        .extracting(Signature::domain)
        .containsExactly(
            "slow4.example",
            "slow3.example",
            "slow2.example",
            "slow1.example",
            "slow0.example",
            signer);
    assertThat(signatures.getLast().result()).isEqualTo(Result.FAIL);
  }

  @Test
  void asksForAKeyOnceAndHashesABodyOnce() {
    String mail = MAIL;
    for (int i = 0; i < 10; i++) {
      mail = rsa.sign(mail);
    }

    assertThat(verifier().verify(raw(mail))).hasSize(10).allMatch(s -> s.result() == Result.PASS);
    assertThat(keys.asked()).hasSize(1);
  }

  @Test
  void doesNotReadASignatureOfUnreasonableLength() {
    Signature signature = verify(rsa.with("z", "x".repeat(70_000)).sign(MAIL));

    assertThat(signature.result()).isEqualTo(Result.PERMERROR);
    assertThat(signature.reason()).isEqualTo("longer than 65536 octets");
  }

  @Test
  void keepsEvidenceShortAndPrintable() {
    Signature signature =
        verify(
            rsa.with("h", "from:" + "x".repeat(500) + ":\u00e2\u0080\u00ae" + ":y".repeat(500))
                .with("a", "rsa\u0080\u00ff" + "z".repeat(500))
                .with("d", "\u00e2\u0080\u00ae.example")
                .with("s", "a\u0085b")
                .sign(MAIL));

    assertThat(signature.algorithm()).hasSizeLessThanOrEqualTo(80).startsWith("rsa?");
    assertThat(signature.domain()).isEmpty();
    assertThat(signature.selector()).isEmpty();
    assertThat(signature.signedFields()).hasSize(100).allMatch(name -> name.length() <= 80);
    List<String> texts = new ArrayList<>(signature.signedFields());
    texts.add(signature.algorithm());
    texts.add(signature.reason());
    assertThat(texts).allMatch(text -> text.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void callsThePassTheBestAndTroubleBetterThanFailure() {
    assertThat(best()).isEqualTo(Result.NONE);
    assertThat(best(Result.FAIL, Result.PASS, Result.TEMPERROR)).isEqualTo(Result.PASS);
    assertThat(best(Result.FAIL, Result.TEMPERROR, Result.POLICY)).isEqualTo(Result.TEMPERROR);
    assertThat(best(Result.NEUTRAL, Result.FAIL, Result.PERMERROR)).isEqualTo(Result.FAIL);
    assertThat(best(Result.NEUTRAL, Result.PERMERROR)).isEqualTo(Result.PERMERROR);
  }

  private static Result best(Result... results) {
    return DkimVerifier.best(
        Stream.of(results).map(r -> new Signature(r, "", "", "", List.of(), true, "")).toList());
  }

  private DkimVerifier verifier() {
    return new DkimVerifier(keys, CLOCK);
  }

  private Signature verify(String mail) {
    return verifier().verify(raw(mail)).getFirst();
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(ISO_8859_1));
  }
}
