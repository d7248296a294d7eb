package org.milena.scanner.authentication.arc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.authentication.dkim.KeyRecords;
import org.milena.testkit.corpus.Corpus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test suite of those who wrote ARC, and a mail that went through a real chain. */
class ArcCorpusTest {

  private static final Logger log = LoggerFactory.getLogger(ArcCorpusTest.class);

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2022-11-08T12:00:00Z"));

  /**
   * The suite leaves open what comes of it when the first seal says {@code cv=fail}: RFC 8617
   * section 5.2 step 3 demands {@code none} there.
   */
  private static final Map<String, Result> OPEN = Map.of("cv_fail_i2_as1_fail", Result.FAIL);

  @Test
  void judgesEveryChainAsExpected() {
    Map<String, String> wrong = new TreeMap<>();
    int right = 0;
    JsonNode tests = json("arc/arc-validation.json").get("tests");
    for (JsonNode test : tests) {
      String name = test.get("test").asString();
      Result expected =
          switch (test.get("cv").asString("")) {
            case "None" -> Result.NONE;
            case "Pass" -> Result.PASS;
            case "Fail" -> Result.FAIL;
            default -> OPEN.get(name);
          };
      Arc arc = validate(test, test.get("message").asString());
      if (arc.result() == expected) {
        right++;
      } else {
        wrong.put(name, expected + " but " + arc);
      }
    }
    log.info("ARC: {} of {} as expected, left open by the suite: {}", right, tests.size(), OPEN);
    assertThat(wrong).isEmpty();
    assertThat(tests.size()).isEqualTo(75);
  }

  /** The set that the suite expects a sealer to add makes a chain that passes. */
  @Test
  void passesWhatTheSuiteWantsSealed() {
    Map<String, Arc> results = new TreeMap<>();
    for (JsonNode test : json("arc/arc-signing.json").get("tests")) {
      // one test wants no set: the chain is broken already
      if (!test.get("AS").asString("").isEmpty()) {
        String mail =
            field("ARC-Seal", test.get("AS"))
                + field("ARC-Message-Signature", test.get("AMS"))
                + field("ARC-Authentication-Results", test.get("AAR"))
                + test.get("message").asString();
        results.put(test.get("test").asString(), validate(test, mail));
      }
    }
    log.info("ARC as the suite seals it: {}", results);
    assertThat(results).hasSize(7);
    assertThat(results.values()).extracting(Arc::result).containsOnly(Result.PASS);
    assertThat(results.values()).extracting(Arc::instances).containsExactly(1, 1, 1, 1, 2, 3, 1);
  }

  /** The suite breaks base64 for the eye; what was sealed has no space there. */
  private static String field(String name, JsonNode value) {
    String folded = value.asString().strip().replaceAll("(?<=[^;])\n(?=[^;]*;)", "");
    return name + ": " + folded.replace("\n", "\n ") + "\n";
  }

  @Test
  void passesAMailThatARealSealerForwarded() throws IOException {
    JsonNode dns = json("dkim/dns.json");
    var keys = new KeyRecords();
    dns.properties().forEach(entry -> keys.put(entry.getKey(), entry.getValue().asString()));
    String mail =
        Files.readString(Corpus.root().resolve("auth/dkim/stalwart-arc-001.eml"), ISO_8859_1);

    assertThat(new ArcValidator(keys, CLOCK).validate(crlf(mail)))
        .isEqualTo(new Arc(Result.PASS, 1, "google.com", ""));
  }

  private static Arc validate(JsonNode test, String mail) {
    var keys = new KeyRecords();
    test.get("txt_records")
        .properties()
        .forEach(entry -> keys.put(entry.getKey(), entry.getValue().asString()));
    return new ArcValidator(keys, CLOCK).validate(crlf(mail));
  }

  private static RawMessage crlf(String mail) {
    return RawMessage.wrap(mail.replaceAll("(?<!\r)\n", "\r\n").getBytes(ISO_8859_1));
  }

  private static JsonNode json(String name) {
    Path file = Corpus.root().resolve("auth").resolve(name);
    try {
      return JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
