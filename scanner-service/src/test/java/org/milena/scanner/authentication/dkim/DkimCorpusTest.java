package org.milena.scanner.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.dkim.SignatureTags.Kind;
import org.milena.scanner.authentication.dkim.SignatureTags.Reading;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.testkit.corpus.Corpus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages other verifiers are tested with, and the example of RFC 8463. */
class DkimCorpusTest {

  private static final Logger log = LoggerFactory.getLogger(DkimCorpusTest.class);

  /** When the youngest of them was on its way: one expires the same evening. */
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2022-11-08T12:00:00Z"));

  private static final String SHA1 =
      "rsa-sha1 is never verified (RFC 8301); what was signed is proven below";
  private static final String DOMAIN_KEYS = "DomainKeys (RFC 4870) is historic, and no signature";
  private static final String DRAFT = "signed by a draft from before there was a v=";

  /** Where we say otherwise than the test suite a message is from, and why. */
  private static final Map<String, Contested> CONTESTED = contested();

  private record Contested(Result result, String reason) {}

  private static Map<String, Contested> contested() {
    Map<String, Contested> all = new TreeMap<>();
    for (String name :
        List.of(
            "good_1878523",
            "good_83176",
            "good_qp_1",
            "good_qp_3",
            "good_rfc4871_4",
            "goodkey_1",
            "goodkey_4",
            "bad_1878954")) {
      all.put("maildkim-" + name + ".eml", new Contested(Result.POLICY, SHA1));
    }
    for (String name :
        List.of(
            "dk_headers_1",
            "dk_multiple_1",
            "good_dk_2",
            "good_dk_3",
            "good_dk_4",
            "good_dk_5",
            "good_dk_gmail",
            "bad_dk_2",
            "bad_dk_4")) {
      all.put("maildkim-" + name + ".eml", new Contested(Result.NONE, DOMAIN_KEYS));
    }
    for (String name : List.of("good_ietf00_4", "good_ietf00_5", "bad_1", "bad_ietf01_2")) {
      all.put("maildkim-" + name + ".eml", new Contested(Result.PERMERROR, DRAFT));
    }
    all.put(
        "maildkim-mine_ietf05_1.eml",
        new Contested(Result.NEUTRAL, "signed by a draft, with v=0.5"));
    return all;
  }

  @Test
  void judgesTheCorpusAsExpectedButForWhatIsContested() {
    Map<String, String> wrong = new TreeMap<>();
    TreeSet<String> used = new TreeSet<>();
    int asExpected = 0;
    JsonNode expected = json("expected.json");
    for (String name : expected.propertyNames()) {
      List<Signature> signatures = verify(name);
      Result best = DkimVerifier.best(signatures);
      Contested contested = CONTESTED.get(name);
      if (contested != null) {
        used.add(name);
        log.info("contested: {} is {}: {}", name, best, contested.reason());
      }
      boolean right =
          contested != null
              ? best == contested.result()
              : allowed(expected.get(name).get("expected").asString()).contains(best);
      if (!right) {
        wrong.put(name, signatures.toString());
      } else if (contested == null) {
        asExpected++;
      }
    }
    log.info("DKIM: {} of {} as expected, contested: {}", asExpected, expected.size(), used.size());
    assertThat(wrong).isEmpty();
    assertThat(used).isEqualTo(CONTESTED.keySet());
    assertThat(asExpected + used.size()).isEqualTo(expected.size()).isGreaterThan(40);
  }

  private static List<Result> allowed(String expected) {
    return switch (expected) {
      case "pass" -> List.of(Result.PASS);
      case "fail" -> List.of(Result.FAIL);
      case "invalid" -> List.of(Result.NEUTRAL, Result.PERMERROR, Result.POLICY, Result.TEMPERROR);
      default -> throw new AssertionError(expected);
    };
  }

  /** Both signatures of the example pass, each with its own algorithm. */
  @Test
  void passesTheExampleOfRfc8463() {
    assertThat(verify("rfc8463-appendix-a.eml"))
        .extracting(Signature::algorithm, Signature::result, Signature::reason)
        .containsExactly(
            tuple("ed25519-sha256", Result.PASS, ""), tuple("rsa-sha256", Result.PASS, ""));
  }

  @Test
  void saysOfTroubleWithTheDnsThatItIsOne() {
    Signature signature = verify(signer("blackhole.messiah.edu"), records());

    assertThat(signature.result()).isEqualTo(Result.TEMPERROR);
  }

  private static String signer(String domain) {
    TestSigner signer = TestSigner.rsa(domain, "test3").with("h", "from");
    return signer.sign("From: a@" + domain + "\r\n\r\n");
  }

  private static Signature verify(String mail, KeyRecords keys) {
    return new DkimVerifier(keys, CLOCK)
        .verify(RawMessage.wrap(mail.getBytes(ISO_8859_1)))
        .getFirst();
  }

  /**
   * What rsa-sha1 signed is found and put into form rightly, although it does not count: the old
   * messages verify outside of the verifier, and the one that is bad does not.
   */
  @Test
  void findsWhatOldSignaturesCover() throws GeneralSecurityException {
    Map<String, Boolean> verified = new TreeMap<>();
    for (String name : CONTESTED.keySet()) {
      RawMessage mail = mail(name);
      var message = new SignedMessage(mail);
      for (HeaderField field : message.fields("dkim-signature")) {
        TagList list = message.value(field).flatMap(TagList::parse).orElseThrow();
        if (SignatureTags.read(list, Kind.DKIM) instanceof Reading.Readable(var tags)
            && tags.algorithm() == Algorithm.RSA_SHA1) {
          verified.put(name, verifiesWithSha1(mail, tags));
        }
      }
    }
    log.info("rsa-sha1: {}", verified);
    assertThat(verified)
        .containsOnly(
            Map.entry("maildkim-bad_1878954.eml", false),
            Map.entry("maildkim-good_1878523.eml", true),
            Map.entry("maildkim-good_83176.eml", true),
            Map.entry("maildkim-good_qp_1.eml", true),
            Map.entry("maildkim-good_qp_3.eml", true),
            Map.entry("maildkim-good_rfc4871_4.eml", true),
            Map.entry("maildkim-goodkey_1.eml", true),
            Map.entry("maildkim-goodkey_4.eml", true));
  }

  private static boolean verifiesWithSha1(RawMessage mail, SignatureTags tags)
      throws GeneralSecurityException {
    var body = new ByteArrayOutputStream();
    tags.bodyForm()
        .body(mail.unsafeBytes(), HeaderBlock.of(mail).bodyOffset(), mail.size(), body::write);
    if (!Arrays.equals(
        MessageDigest.getInstance("SHA-1").digest(body.toByteArray()), tags.bodyHash())) {
      return false;
    }
    var message = new SignedMessage(mail);
    HeaderField own = message.fields("dkim-signature").getFirst();
    String name = tags.selector() + "._domainkey." + tags.domain();
    var signature = java.security.Signature.getInstance("SHA1withRSA");
    for (String text : records().txt(name).orNone()) {
      if (KeyRecord.parse(text) instanceof KeyRecord.Usable(var key, _, _, _)) {
        signature.initVerify(key.key());
        signature.update(message.signedFields(tags, own));
        return signature.verify(tags.signature());
      }
    }
    return false;
  }

  private static List<Signature> verify(String name) {
    return new DkimVerifier(records(), CLOCK).verify(mail(name));
  }

  private static KeyRecords records() {
    JsonNode dns = json("dns.json");
    var records = new KeyRecords();
    dns.properties()
        .forEach(entry -> {
          String text = entry.getValue().asString();
          if (text.startsWith("ERROR:")) {
            records.put(entry.getKey(), new Answer.Trouble<>(text));
          } else if (!text.equals("NXDOMAIN")) {
            records.put(entry.getKey(), text.equals("\"\"") ? "" : text);
          }
        });
    return records;
  }

  /** The message with CR LF, as it came over SMTP. */
  private static RawMessage mail(String name) {
    String text = new String(octets(name), ISO_8859_1);
    return RawMessage.wrap(text.replaceAll("(?<!\r)\n", "\r\n").getBytes(ISO_8859_1));
  }

  private static JsonNode json(String name) {
    return JsonMapper.shared().readTree(octets(name));
  }

  private static byte[] octets(String name) {
    Path file = Corpus.root().resolve("auth/dkim").resolve(name);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
