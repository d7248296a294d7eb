package org.milena.scanner.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** Whatever comes: no exception, and no pass for what was not signed. */
class DkimFuzzTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  private static final String MAIL =
      "From: Ana <ana@example.org>\r\nTo: l@lists.example\r\nSubject: one\r\n two\r\n"
          + "Date: today\r\nX-Free: unsigned\r\n\r\nFirst line\r\n\r\nlast line\r\n";

  private final TestSigner signer = TestSigner.rsa("example.org", "s1", 1024);
  private final DkimVerifier verifier = new DkimVerifier(KeyRecords.of(signer), CLOCK);

  @Test
  void readsAnyTagList() {
    var random = new Random(1);
    String[] parts = {"a", "b", "=", ";", " ", "\r\n ", "\t", ":", "v=1", "_", "\0", "\u00ff", "9"};
    for (int i = 0; i < 100_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      TagList.parse(text.toString())
          .ifPresent(list ->
              assertThat(list.tags())
                  .isNotEmpty()
                  .allMatch(
                      tag -> text.charAt(tag.valueStart() - 1) == '=' && !tag.name().isEmpty()));
    }
  }

  @Test
  void passesNoMessageInWhichASignedBitWasFlipped() {
    for (String form : List.of("simple/simple", "relaxed/relaxed")) {
      byte[] signed = signer.with("c", form).sign(MAIL).getBytes(ISO_8859_1);
      String text = new String(signed, ISO_8859_1);
      int free = text.indexOf("X-Free");
      int freeEnd = text.indexOf("\r\n", free);
      byte[] meaning = canonical(form, text);
      int passed = 0;
      for (int bit = 0; bit < signed.length * 8; bit++) {
        byte[] flipped = signed.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        if (best(flipped) == Result.PASS) {
          passed++;
          boolean unsigned = bit / 8 >= free && bit / 8 < freeEnd;
          // what canonicalization or base64 makes no difference of: case, kind of blank, spare bits
          assertThat(unsigned || isSame(form, meaning, flipped, text, bit / 8))
              .as("%s: bit %d of octet %d in %s", form, bit % 8, bit / 8, text)
              .isTrue();
        }
      }
      assertThat(passed).isPositive();
    }
  }

  private static boolean isSame(
      String form, byte[] meaning, byte[] flipped, String text, int place) {
    int signature = text.indexOf("\r\n b=") + 5;
    boolean inSignature = place >= signature && place < text.indexOf("From:") - 2;
    return inSignature
        ? lastDigit(text, signature) == place || TagList.isSpace(text.charAt(place))
        : Arrays.equals(meaning, canonical(form, new String(flipped, ISO_8859_1)));
  }

  /** The last digit of 128 octets in base64 has four bits that nobody reads. */
  private static int lastDigit(String text, int from) {
    return text.indexOf('=', from) - 1;
  }

  private static byte[] canonical(String form, String mail) {
    String name = form.replaceAll("/.*", "");
    var all = new StringBuilder();
    for (String field : TestSigner.fields(mail)) {
      if (!field.startsWith("X-Free")) {
        all.append(field.indexOf(':') < 0 ? field : TestSigner.canonicalField(name, field));
      }
    }
    int body = mail.indexOf("\r\n\r\n");
    return (all + TestSigner.canonicalBody(name, body < 0 ? "" : mail.substring(body + 4)))
        .getBytes(ISO_8859_1);
  }

  @Test
  void neverPassesWithAnythingBehindWhatLCovers() {
    var random = new Random(2);
    for (int i = 0; i < 500; i++) {
      int length = random.nextInt(26);
      String signed = signer.with("c", "relaxed/relaxed").with("l", "" + length).sign(MAIL);
      String appended =
          random
              .ints(1 + random.nextInt(20), 32, 127)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      if (!appended.isBlank()) {
        assertThat(best((signed + appended).getBytes(ISO_8859_1))).isNotEqualTo(Result.PASS);
      }
    }
  }

  @Test
  void survivesMutatedMessages() {
    var random = new Random(3);
    byte[] signed = signer.sign(signer.with("l", "3").sign(MAIL)).getBytes(ISO_8859_1);
    for (int i = 0; i < 5_000; i++) {
      byte[] mutated = signed.clone();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        int at = random.nextInt(mutated.length);
        switch (random.nextInt(3)) {
          case 0 -> mutated[at] = (byte) random.nextInt(256);
          case 1 -> mutated[at] = (byte) ";=:\r\n \t\0".charAt(random.nextInt(8));
          default -> mutated = Arrays.copyOf(mutated, 1 + random.nextInt(mutated.length));
        }
      }
      check(verifier.verify(RawMessage.wrap(mutated)));
    }
  }

  @Test
  void survivesRandomTagsInASignature() {
    var random = new Random(4);
    String[] tags = {"v", "a", "b", "bh", "c", "d", "h", "i", "l", "q", "s", "t", "x", "z"};
    String[] values = {
      "1",
      "",
      "rsa-sha256",
      "ed25519-sha256",
      "QUJD",
      "relaxed",
      "simple/",
      "/",
      "example.org",
      "from",
      "from:to",
      ":",
      "@",
      "=",
      "==",
      "=40",
      "\u00ff\u00fe",
      "@\u00c3\u00a4.example",
      "0",
      "99999999999999999999",
      "dns/txt",
      "s1",
      ".",
      "-",
      "x".repeat(300)
    };
    for (int i = 0; i < 5_000; i++) {
      TestSigner odd = signer;
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        String tag = tags[random.nextInt(tags.length)];
        odd = odd.with(tag, values[random.nextInt(values.length)]);
      }
      check(
          verifier.verify(RawMessage.wrap(odd.with("b", "QUJD").sign(MAIL).getBytes(ISO_8859_1))));
    }
  }

  @Test
  void survivesMailThatHasBrokenParsers() {
    for (CorpusMessage mail : Corpus.torture()) {
      check(verifier.verify(mail.message()));
      if (mail.message().size() < 20_000) {
        check(verifier.verify(signer.sign(mail.message())));
      }
    }
  }

  private Result best(byte[] octets) {
    return DkimVerifier.best(verifier.verify(RawMessage.wrap(octets)));
  }

  private static void check(List<Signature> signatures) {
    assertThat(signatures).hasSizeLessThanOrEqualTo(DkimVerifier.MAX_SIGNATURES);
    for (Signature signature : signatures) {
      assertThat(signature.reason().isEmpty()).isEqualTo(signature.result() == Result.PASS);
      assertThat(signature.reason().chars().noneMatch(Character::isISOControl)).isTrue();
    }
  }
}
