package org.milena.scanner.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.lookup.Answer;

/** RFC 6376 sections 3.6.1 and 6.1.2, RFC 8301 section 3.2, RFC 8463 section 4. */
class KeysTest {

  private static final String MAIL = "From: ana@example.org\r\n\r\nbody\r\n";
  private static final TestSigner RSA = TestSigner.rsa("example.org", "s1");
  private static final TestSigner EDWARDS = TestSigner.ed25519("example.org", "s1");
  private static final String KEY = "p=" + RSA.publicKey();

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final InstantSource clock = () -> now;

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of(RSA.keyRecord(), Result.PASS, ""),
        Arguments.of(KEY, Result.PASS, ""),
        Arguments.of("k=rsa; " + KEY + ";", Result.PASS, ""),
        Arguments.of("v=DKIM1;" + spaced(KEY), Result.PASS, ""),
        Arguments.of("v=DKIM1; n=note; g=nobody; x=y;" + KEY, Result.PASS, ""),
        Arguments.of("v=DKIM1; s=email;" + KEY, Result.PASS, ""),
        Arguments.of("v=DKIM1; s=tlsrpt : *;" + KEY, Result.PASS, ""),
        Arguments.of("v=DKIM1; h=sha1 : sha256;" + KEY, Result.PASS, ""),
        Arguments.of("v=DKIM1; t=y:s;" + KEY, Result.PASS, ""),
        Arguments.of("v=DKIM1; p=" + bare(RSA, 24), Result.PASS, ""),
        Arguments.of(
            KEY + "; v=DKIM1", Result.PERMERROR, "v= is not the first tag of the key record"),
        Arguments.of("v=DKIM2;" + KEY, Result.PERMERROR, "no key for this signature"),
        Arguments.of("v=spf1 -all", Result.PERMERROR, "no key for this signature"),
        Arguments.of("", Result.PERMERROR, "the key record is no list of tags"),
        Arguments.of("hello", Result.PERMERROR, "the key record is no list of tags"),
        Arguments.of("k=rsa; t; " + KEY, Result.PERMERROR, "the key record is no list of tags"),
        Arguments.of(KEY + ";" + KEY, Result.PERMERROR, "the key record is no list of tags"),
        Arguments.of("v=DKIM1; k=rsa", Result.PERMERROR, "the key record holds no key"),
        Arguments.of("v=DKIM1; p=", Result.PERMERROR, "the key was revoked"),
        Arguments.of("v=DKIM1; p=%%%", Result.PERMERROR, "the key cannot be read"),
        Arguments.of("v=DKIM1; p=QUJD", Result.PERMERROR, "the key cannot be read"),
        Arguments.of("v=DKIM1; k=dsa;" + KEY, Result.PERMERROR, "the key cannot be read"),
        Arguments.of("v=DKIM1; s=chat;" + KEY, Result.PERMERROR, "the key is not for mail"),
        Arguments.of("v=DKIM1; h=sha1;" + KEY, Result.PERMERROR, "the key is for another hash"),
        Arguments.of(EDWARDS.keyRecord(), Result.PERMERROR, "the key is for another algorithm"),
        Arguments.of(
            "v=DKIM1; p=" + made(8_200, BigInteger.valueOf(65_537)),
            Result.POLICY,
            "a key this large is not used here"),
        Arguments.of(
            "v=DKIM1; p=" + made(2_048, BigInteger.TWO.pow(100).add(BigInteger.ONE)),
            Result.POLICY,
            "a key this large is not used here"),
        Arguments.of(
            "v=DKIM1; p=" + made(4_096, BigInteger.valueOf(65_537)),
            Result.FAIL,
            "the header is not the one that was signed"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void judgesKeyRecords(String record, Result result, String reason) {
    Signature signature =
        verify(RSA.with("h", "from"), new KeyRecords().put(RSA.keyName(), record));

    assertThat(signature.reason()).isEqualTo(reason);
    assertThat(signature.result()).isEqualTo(result);
  }

  @Test
  void neverPassesWithAShortRsaKey() {
    for (int bits : new int[] {512, 768, 1016}) {
      TestSigner weak = TestSigner.rsa("example.org", "s1", bits);
      Signature signature = verify(weak.with("h", "from"), KeyRecords.of(weak));

      assertThat(signature.result()).isEqualTo(Result.POLICY);
      assertThat(signature.reason())
          .isEqualTo("a key of " + bits + " bits is too short (RFC 8301)");
    }
    TestSigner justLongEnough = TestSigner.rsa("example.org", "s1", 1024);
    assertThat(verify(justLongEnough.with("h", "from"), KeyRecords.of(justLongEnough)).result())
        .isEqualTo(Result.PASS);
  }

  @Test
  void takesBareRsaKeysOfEverySize() {
    for (int bits : new int[] {1024, 2048}) {
      TestSigner signer = TestSigner.rsa("example.org", "s1", bits);
      String key = bare(signer, bits == 1024 ? 22 : 24);

      assertThat(
              verify(
                      signer.with("h", "from"),
                      new KeyRecords().put(signer.keyName(), "v=DKIM1; p=" + key))
                  .result())
          .isEqualTo(Result.PASS);
    }
  }

  @Test
  void takesEd25519KeysAsRawOctetsOnly() {
    byte[] info = EDWARDS.publicKeyInfo();
    TestSigner signer = EDWARDS.with("h", "from");

    assertThat(verify(signer, KeyRecords.of(EDWARDS)).result()).isEqualTo(Result.PASS);
    assertThat(
            verify(
                    signer,
                    new KeyRecords()
                        .put(
                            EDWARDS.keyName(),
                            "k=ed25519; p=" + Base64.getEncoder().encodeToString(info)))
                .reason())
        .isEqualTo("the key cannot be read");
    // no point of the curve
    assertThat(
            verify(
                    signer,
                    new KeyRecords()
                        .put(EDWARDS.keyName(), "k=ed25519; p=" + "/".repeat(42) + "8="))
                .result())
        .isNotEqualTo(Result.PASS);
  }

  @Test
  void demandsTheVeryDomainWhenTheKeyIsStrict() {
    KeyRecords strict = new KeyRecords().put(RSA.keyName(), "v=DKIM1; t=s; " + KEY);

    assertThat(verify(RSA.with("i", "a@example.org").with("h", "from"), strict).result())
        .isEqualTo(Result.PASS);
    assertThat(verify(RSA.with("i", "a@x.example.org").with("h", "from"), strict).reason())
        .isEqualTo("i= is below d=, which the key does not allow");
  }

  @Test
  void holdsAFailureNotAgainstADomainThatIsTesting() {
    KeyRecords testing = new KeyRecords().put(RSA.keyName(), "v=DKIM1; t=y; " + KEY);
    String signed = RSA.with("h", "from").sign(MAIL).replace("body", "other");

    Signature signature = new DkimVerifier(testing, clock).verify(raw(signed)).getFirst();

    assertThat(signature.result()).isEqualTo(Result.NEUTRAL);
    assertThat(signature.reason())
        .isEqualTo("the body is not the one that was signed; the key is in test");
  }

  @Test
  void triesEveryRecordOfAName() {
    TestSigner signer = RSA.with("h", "from");
    String other = TestSigner.rsa("example.org", "s1", 1024).keyRecord();

    assertThat(
            verify(
                    signer,
                    new KeyRecords()
                        .put(RSA.keyName(), "v=spf1 -all", "v=DKIM1; p=", other, RSA.keyRecord()))
                .result())
        .isEqualTo(Result.PASS);
    assertThat(verify(signer, new KeyRecords().put(RSA.keyName(), "v=DKIM1; p=", other)).result())
        .isEqualTo(Result.FAIL);
    // a fifth is not looked at
    assertThat(
            verify(
                    signer,
                    new KeyRecords()
                        .put(RSA.keyName(), other, other, other, other, RSA.keyRecord()))
                .result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void tellsTroubleFromAbsence() {
    TestSigner signer = RSA.with("h", "from");

    Signature trouble =
        verify(signer, new KeyRecords().put(RSA.keyName(), new Answer.Trouble<>("SERVFAIL\u0007")));
    assertThat(trouble.result()).isEqualTo(Result.TEMPERROR);
    assertThat(trouble.reason()).isEqualTo("the key could not be asked for: SERVFAIL?");
    for (Answer<String> none :
        Arrays.<Answer<String>>asList(new Answer.NoData<>(), new Answer.NoName<>())) {
      Signature absent = verify(signer, new KeyRecords().put(RSA.keyName(), none));
      assertThat(absent.result()).isEqualTo(Result.PERMERROR);
      assertThat(absent.reason()).isEqualTo("no key for this signature");
    }
  }

  @Test
  void stopsAskingWhenTheKeysOfOneMessageTakeTooLong() {
    KeyRecords keys = KeyRecords.of(RSA);
    InstantSource slow =
        () -> {
          now = now.plus(Duration.ofSeconds(6));
          return now;
        };
    String mail = RSA.with("h", "from").sign(MAIL);
    for (int i = 0; i < 9; i++) {
      mail = RSA.with("s", "x" + i).with("h", "from").sign(mail);
    }

    assertThat(new DkimVerifier(keys, slow).verify(raw(mail)))
        .extracting(Signature::result)
        .contains(Result.PERMERROR)
        .endsWith(Result.TEMPERROR);
    assertThat(keys.asked()).hasSizeLessThan(5);
  }

  private Signature verify(TestSigner signer, KeyRecords keys) {
    return new DkimVerifier(keys, clock).verify(raw(signer.sign(MAIL))).getFirst();
  }

  private static String spaced(String key) {
    return key.replaceAll("(.{30})", "$1 \t");
  }

  /** The key without the octets in front that say that it is of RSA. */
  private static String bare(TestSigner signer, int front) {
    byte[] info = signer.publicKeyInfo();
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(info, front, info.length));
  }

  private static String made(int bits, BigInteger exponent) {
    try {
      BigInteger modulus = new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
      return Base64.getEncoder()
          .encodeToString(
              KeyFactory.getInstance("RSA")
                  .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                  .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(ISO_8859_1));
  }
}
