package org.milena.scanner.authentication.arc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.dkim.KeyRecords;
import org.milena.scanner.authentication.dkim.TestSigner;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.testkit.corpus.Corpus;

/** RFC 8617 section 5.2. */
class ArcValidatorTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  private static final String MAIL =
      "From: ana@example.org\r\nTo: l@lists.example\r\nSubject: one\r\nDate: today\r\n"
          + "\r\nFirst line\r\nlast line\r\n";

  private final TestSigner first = TestSigner.rsa("one.example", "s1", 1024);
  private final TestSigner second = TestSigner.ed25519("two.example", "s2");
  private final KeyRecords keys = KeyRecords.of(first, second);

  @Test
  void findsNoChainWhereThereIsNone() {
    assertThat(validate(MAIL)).isEqualTo(new Arc(Result.NONE, 0, null, ""));
    assertThat(validate("")).isEqualTo(new Arc(Result.NONE, 0, null, ""));
  }

  @Test
  void passesAWholeChainOfSeveralSealers() {
    String once = ArcSealer.of(first).seal(MAIL, 1);
    String twice = ArcSealer.of(second).seal("Subject: changed\r\n" + once, 2);

    assertThat(validate(once)).isEqualTo(new Arc(Result.PASS, 1, "one.example", ""));
    assertThat(validate(twice)).isEqualTo(new Arc(Result.PASS, 2, "two.example", ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 50})
  void passesLongChainsAndAsksForAKeyOnce(int length) {
    String mail = chain(length);

    assertThat(validate(mail)).isEqualTo(new Arc(Result.PASS, length, "one.example", ""));
    assertThat(keys.asked()).hasSize(1);
  }

  @Test
  void failsAChainOfMoreThanFiftySets() {
    String mail = ArcSealer.of(first).seal(chain(50), 51);

    assertThat(validate(mail)).isEqualTo(new Arc(Result.FAIL, 50, null, "more than 50 sets"));
    assertThat(keys.asked()).isEmpty();
  }

  @Test
  void takesTheFieldsInAnyOrder() {
    List<String> fields = new ArrayList<>(TestSigner.fields(chain(3)));
    Collections.shuffle(fields, new Random(8617));

    assertThat(validate(String.join("", fields) + body(MAIL)).result()).isEqualTo(Result.PASS);
  }

  // what is there

  static Stream<Arguments> broken() {
    return Stream.of(
        broken("a seal is missing", mail -> without(mail, "ARC-Seal", 2), "set 2 is not whole"),
        broken(
            "results are missing",
            mail -> without(mail, "ARC-Authentication-Results", 1),
            "set 1 is not whole"),
        broken(
            "a signature is missing",
            mail -> without(mail, "ARC-Message-Signature", 2),
            "set 2 is not whole"),
        broken("the first set is missing", mail -> withoutSet(mail, 1), "set 1 is missing"),
        broken("a set between is missing", mail -> withoutSet(mail, 2), "set 2 is missing"),
        broken("the last set is missing", mail -> withoutSet(mail, 3), ""),
        broken(
            "a seal is there twice",
            mail -> ArcSealer.field(mail, "ARC-Seal", 2) + mail,
            "two seals of one instance"),
        broken(
            "a signature is there twice",
            mail -> ArcSealer.field(mail, "ARC-Message-Signature", 1) + mail,
            "two signatures of one instance"),
        broken(
            "results are there twice",
            mail -> ArcSealer.field(mail, "ARC-Authentication-Results", 3) + mail,
            "two results of one instance"),
        broken(
            "a stray seal",
            mail -> "ARC-Seal: hello\r\n" + mail,
            "a seal without tags or instance"),
        broken(
            "a stray signature",
            mail -> "ARC-Message-Signature: i=0; a=b\r\n" + mail,
            "a signature without tags or instance"),
        broken(
            "stray results",
            mail -> "ARC-Authentication-Results: mx; i=1;\r\n" + mail,
            "results without an instance"),
        broken(
            "results without number",
            mail -> "ARC-Authentication-Results: i=; mx\r\n" + mail,
            "results without an instance"),
        broken(
            "results numbered 51",
            mail -> "ARC-Authentication-Results: i=51; mx\r\n" + mail,
            "results without an instance"),
        broken(
            "results numbered 0",
            mail -> "ARC-Authentication-Results: i=0; mx\r\n" + mail,
            "results without an instance"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void failsAChainThatIsNotWhole(String what, UnaryOperator<String> change, String reason) {
    Arc arc = validate(change.apply(chain(3)));

    assertThat(arc.reason()).as(what).isEqualTo(reason);
    assertThat(arc.result()).isEqualTo(reason.isEmpty() ? Result.PASS : Result.FAIL);
  }

  @Test
  void failsWhatTheSealsThemselvesCallBroken() {
    assertThat(validate(ArcSealer.of(first).seal(chain(1), 2, "fail")).reason())
        .isEqualTo("seal 2 says cv=fail");
    assertThat(validate(ArcSealer.of(first).seal(chain(1), 2, "none")).result())
        .isEqualTo(Result.FAIL);
    assertThat(validate(ArcSealer.of(first).seal(MAIL, 1, "pass")).result()).isEqualTo(Result.FAIL);
    assertThat(validate(ArcSealer.of(first).seal(MAIL, 1, "fail")).result()).isEqualTo(Result.FAIL);
    assertThat(validate(ArcSealer.of(first).seal(MAIL, 1, "")).result()).isEqualTo(Result.FAIL);
    String healed =
        ArcSealer.of(first).seal(ArcSealer.of(first).seal(chain(1), 2, "fail"), 3, "pass");
    assertThat(validate(healed).reason()).isEqualTo("seal 2 says cv=fail");
  }

  // what it says of itself

  static Stream<Arguments> tags() {
    return Stream.of(
        tag("signature", s -> s.without("a"), "signature: a= is missing"),
        tag(
            "signature",
            s -> s.with("a", "rsa-sha1"),
            "signature 1: rsa-sha1 is not to be trusted (RFC 8301)"),
        tag("signature", s -> s.without("h"), "signature: h= is missing"),
        tag("signature", s -> s.with("h", ""), ""),
        tag("signature", s -> s.with("h", "to:subject"), ""),
        tag("signature", s -> s.with("c", "simple/simple"), ""),
        tag("signature", s -> s.without("c"), ""),
        tag(
            "signature",
            s -> s.with("c", "nofws"),
            "signature: a canonicalization nobody knows in c="),
        tag(
            "signature",
            s -> s.with("bh", "QUJD"),
            "signature 1: the body is not the one that was signed"),
        tag("signature", s -> s.with("bh", ""), "signature: bh= is empty"),
        tag(
            "signature",
            s -> s.with("l", "5"),
            "signature 1: covers only 5 of 23 octets of the body"),
        tag("signature", s -> s.with("l", "23"), ""),
        tag("signature", s -> s.with("x", "1"), "signature 1: expired"),
        tag("signature", s -> s.with("t", ""), "signature: no number in t="),
        tag("signature", s -> s.with("b", ""), "signature: b= is empty"),
        tag("signature", s -> s.with("d", "one..example"), "signature: no domain name in d="),
        tag("signature", s -> s.with("s", "none"), "signature 1: no key for this signature"),
        tag("signature", s -> s.with("q", "nothing"), ""),
        tag("seal", s -> s.without("a"), "seal: a= is missing"),
        tag(
            "seal",
            s -> s.with("a", "rsa-sha1"),
            "seal 1: rsa-sha1 is not to be trusted (RFC 8301)"),
        tag("seal", s -> s.without("d"), "seal: d= is missing"),
        tag("seal", s -> s.without("s"), "seal: s= is missing"),
        tag("seal", s -> s.with("s", "none"), "seal 1: no key for this signature"),
        tag("seal", s -> s.without("cv"), "seal 1 says cv="),
        tag("seal", s -> s.with("cv", "NONE"), "seal 1 says cv=NONE"),
        tag("seal", s -> s.with("t", "1"), ""),
        tag("seal", s -> s.without("t"), ""),
        tag("seal", s -> s.with("t", "-12.3"), "seal: no number in t="),
        tag("seal", s -> s.with("b", "QUJD"), "seal 1: the header is not the one that was signed"),
        tag("seal", s -> s.with("H", "from"), ""));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void judgesTags(String field, UnaryOperator<TestSigner> change, String reason) {
    ArcSealer sealer = ArcSealer.of(first);
    ArcSealer changed = field.equals("seal") ? sealer.sealing(change) : sealer.signing(change);
    Arc arc = validate(changed.seal(MAIL, 1));

    assertThat(arc.reason()).isEqualTo(reason);
    assertThat(arc.result()).isEqualTo(reason.isEmpty() ? Result.PASS : Result.FAIL);
    assertThat(arc.instances()).isEqualTo(1);
  }

  @Test
  void failsASealThatNamesFields() {
    String mail = chain(1).replaceFirst("cv=none;", "cv=none; h=from;");

    assertThat(validate(mail).reason()).isEqualTo("a seal with h=");
  }

  // what was changed on the way

  @Test
  void noticesWhatChangedAfterTheNewestSet() {
    String mail = chain(2);

    assertThat(validate(mail.replace("last line", "lost line")).reason())
        .isEqualTo("signature 2: the body is not the one that was signed");
    assertThat(validate(mail.replace("Subject: one", "Subject: two")).reason())
        .isEqualTo("signature 2: the header is not the one that was signed");
    assertThat(validate(mail + "more").result()).isEqualTo(Result.FAIL);
  }

  @Test
  void allowsWhatChangedBeforeTheNewestSet() {
    String changed =
        chain(1).replace("last line", "footer").replace("Subject: one", "Subject: two");

    assertThat(validate(changed).result()).isEqualTo(Result.FAIL);
    assertThat(validate(ArcSealer.of(second).seal(changed, 2)).result()).isEqualTo(Result.PASS);
  }

  @Test
  void noticesWhatChangedInAnySet() {
    String mail = chain(3);
    for (int set = 1; set <= 3; set++) {
      String results = ArcSealer.field(mail, "ARC-Authentication-Results", set);
      assertThat(validate(mail.replace(results, results.replace("pass", "fail"))).reason())
          .isEqualTo("seal 3: the header is not the one that was signed");
    }
    String oldest = ArcSealer.field(mail, "ARC-Seal", 1);
    String resealed =
        ArcSealer.of(first)
            .seal(withoutSet(mail, 3).replace(oldest, oldest.replace("a=rsa", "t=1; a=rsa")), 3);
    assertThat(validate(resealed).reason())
        .isEqualTo("seal 2: the header is not the one that was signed");
  }

  @Test
  void doesNotPassWhenTheHeaderCanBeReadInTwoWays() {
    assertThat(validate("X-A: b\r\nnot indented\r\nX-B: c\r\n" + chain(1)).reason())
        .isEqualTo("the header can be read in more than one way");
  }

  @Test
  void tellsTroubleFromFailure() {
    String mail = ArcSealer.of(second).seal(chain(1), 2);
    keys.put(first.keyName(), new Answer.Trouble<>("SERVFAIL"));

    assertThat(validate(mail))
        .isEqualTo(
            new Arc(
                Result.TEMPERROR,
                2,
                "two.example",
                "seal 1: the key could not be asked for: SERVFAIL"));
    keys.put(first.keyName(), "v=DKIM1; p=");
    assertThat(validate(mail).reason()).isEqualTo("seal 1: the key was revoked");
  }

  @Test
  void survivesMutatedMessages() {
    byte[] sealed = chain(3).getBytes(ISO_8859_1);
    var random = new Random(8617);
    for (int i = 0; i < 3_000; i++) {
      byte[] mutated = sealed.clone();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        mutated[random.nextInt(mutated.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : ";=: \r\n1".charAt(random.nextInt(7)));
      }
      Arc arc = new ArcValidator(keys, CLOCK).validate(RawMessage.wrap(mutated));
      assertThat(arc.reason().isEmpty())
          .isEqualTo(arc.result() == Result.PASS || arc.result() == Result.NONE);
      assertThat(arc.reason().chars().noneMatch(Character::isISOControl)).isTrue();
    }
    Corpus.torture().forEach(mail -> new ArcValidator(keys, CLOCK).validate(mail.message()));
  }

  private String chain(int length) {
    String mail = MAIL;
    for (int i = 1; i <= length; i++) {
      mail = ArcSealer.of(first).seal(mail, i);
    }
    return mail;
  }

  private static Arguments broken(String what, UnaryOperator<String> change, String reason) {
    return Arguments.of(what, change, reason);
  }

  private static Arguments tag(String field, UnaryOperator<TestSigner> change, String reason) {
    return Arguments.of(field, change, reason);
  }

  private static String without(String mail, String kind, int instance) {
    return mail.replace(ArcSealer.field(mail, kind, instance), "");
  }

  private static String withoutSet(String mail, int instance) {
    String left = mail;
    for (String kind : List.of("ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal")) {
      left = without(left, kind, instance);
    }
    return left;
  }

  private static String body(String mail) {
    return mail.substring(mail.indexOf("\r\n\r\n") + 2);
  }

  private Arc validate(String mail) {
    return new ArcValidator(keys, CLOCK).validate(RawMessage.wrap(mail.getBytes(ISO_8859_1)));
  }
}
