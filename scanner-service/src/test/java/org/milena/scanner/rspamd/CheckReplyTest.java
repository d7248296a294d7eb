package org.milena.scanner.rspamd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.SpamReport;
import org.milena.common.event.SpamReport.Level;
import org.milena.common.failure.UnfitException;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;

class CheckReplyTest {

  private static final String REPLY =
      """
      {"is_skipped":false,"score":7.5,"required_score":15.0,"action":"add header",
       "symbols":{"SMALL":{"name":"SMALL","score":0.5},"HAM":{"score":-3.0,"options":["x"]},
       "LARGE":{"score":10.0}},"messages":{},"message-id":"a@b","time_real":0.25}\
      """;

  private static EngineVerdict read(String json) throws NotScannedException {
    return CheckReply.read(json.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(8));
  }

  private static String withAction(String action) {
    return REPLY.replace("add header", action);
  }

  private static String withSymbol(String json, String symbol) {
    return json.replace("\"symbols\":{", "\"symbols\":{" + symbol + ",");
  }

  @Test
  void aReplyIsARating() throws NotScannedException {
    SpamReport report =
        new SpamReport(
            Level.SUSPECT, 7.5, 15, "add header", java.util.List.of("LARGE", "HAM", "SMALL"));
    assertThat(read(REPLY)).isEqualTo(new EngineVerdict.Rated(report));
  }

  @ParameterizedTest
  @CsvSource({
    "no action,HAM",
    "greylist,HAM",
    "add header,SUSPECT",
    "rewrite subject,SUSPECT",
    "reject,SPAM",
    "discard,SPAM",
    "quarantine,SPAM",
  })
  void actions(String action, Level level) throws NotScannedException {
    assertThat(read(withAction(action)))
        .isInstanceOfSatisfying(
            EngineVerdict.Rated.class, rated -> assertThat(rated.spam().level()).isEqualTo(level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soft reject", "custom", "", "No Action"})
  void otherActionsAreNotScanned(String action) {
    assertThatThrownBy(() -> read(withAction(action))).isInstanceOf(NotScannedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"no action\"",
        "pong",
        "{}",
        "{\"error\":\"invalid command\",\"error_domain\":\"protocol-error\"}",
        "{\"action\":\"no action\",\"score\":1,\"time_real\":0.1}",
        "{\"action\":\"no action\",\"score\":1,\"symbols\":[],\"time_real\":0.1}",
        "{\"action\":1,\"score\":1,\"symbols\":{},\"time_real\":0.1}",
        "{\"action\":\"no action\",\"score\":\"x\",\"symbols\":{},\"time_real\":0.1}",
        "{\"action\":\"no action\",\"score\":1,\"symbols\":{}}",
        "{\"action\":\"no action\",\"score\":1,\"symbols\":{},\"time_real\":\"fast\"}",
        "{\"action\":\"no action\",\"score\":1,\"symbols\":{},\"time_real\":0.1",
      })
  void whatIsNoAnswerIsNotScanned(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(NotScannedException.class);
  }

  @Test
  void whatItSkippedIsNotScannedUnlessItWouldRefuse() throws NotScannedException {
    String skipped = REPLY.replace("\"is_skipped\":false", "\"is_skipped\":true");
    assertThatThrownBy(() -> read(skipped))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining("skipped");
    assertThat(read(skipped.replace("add header", "reject")))
        .isInstanceOf(EngineVerdict.Rated.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.2", "8.0", "8.3", "1e9"})
  void whatTookAllTheTimeWasCutOff(String seconds) {
    assertThatThrownBy(() -> read(REPLY.replace("0.25", seconds)))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining("out of time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no action", "reject", "soft reject"})
  void whatItsAntivirusFoundIsAFindWhateverItProposes(String action) throws NotScannedException {
    String json = withAction(action);
    assertThat(read(withSymbol(json, "\"CLAM_VIRUS\":{\"score\":0.0,\"options\":[\"Eicar\"]}")))
        .isEqualTo(new EngineVerdict.Infected("Eicar"));
    assertThat(read(withSymbol(json, "\"FPROT_VIRUS\":{\"score\":0.0}")))
        .isEqualTo(new EngineVerdict.Infected("FPROT_VIRUS"));
  }

  @Test
  void namesThatOnlyLookLikeItAreNoFind() throws NotScannedException {
    for (String name : new String[] {"RBL_VIRUSFREE_BOTNET", "CLAM_VIRUS_ENCRYPTED", "VIRUSES"}) {
      assertThat(read(withSymbol(REPLY, "\"" + name + "\":{\"score\":0.0}")))
          .isInstanceOf(EngineVerdict.Rated.class);
    }
  }

  @Test
  void withoutItsAntivirusItIsNotScanned() {
    String failed =
        "\"CLAM_VIRUS_FAIL\":{\"score\":0.0,\"options\":[\"failed to scan and retransmits"
            + " exceed\"]}";
    assertThatThrownBy(() -> read(withSymbol(REPLY, failed)))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining("failed to scan");
  }

  @Test
  void whatItsAntivirusCouldNotReadWholeIsUnscannable() throws NotScannedException {
    String failed =
        "\"CLAM_VIRUS_FAIL\":{\"options\":[\"Limits Exceeded: Heuristics.Limits.Exceeded.X\"]}";
    assertThat(read(withSymbol(REPLY, failed))).isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void symbolsAreFewAndShort() throws NotScannedException {
    String json = REPLY;
    for (int i = 0; i < 100; i++) {
      json =
          withSymbol(json, "\"" + "S".repeat(100) + "\\u202e" + i + "\":{\"score\":1." + i + "}");
    }
    assertThat(read(json))
        .isInstanceOfSatisfying(
            EngineVerdict.Rated.class,
            rated ->
                assertThat(rated.spam().symbols())
                    .hasSize(20)
                    .allSatisfy(symbol -> assertThat(symbol).hasSizeLessThanOrEqualTo(64)));
  }

  @Test
  void noAnswerMakesItFailOtherwise() {
    Random random = new Random(11);
    int rated = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] json = REPLY.getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(5); n >= 0; n--) {
        json[random.nextInt(json.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\",:0e-.".charAt(random.nextInt(11));
      }
      try {
        assertThat(CheckReply.read(json, Duration.ofSeconds(8))).isNotNull();
        rated++;
      } catch (NotScannedException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(rated).isPositive();
  }

  @Test
  void deepJsonIsNotScanned() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(NotScannedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://rspamd,http://rspamd:11333",
    "http://127.0.0.1:11334/,http://127.0.0.1:11334",
    "https://[::1]:443,https://[::1]:443",
  })
  void addresses(String text, String base) {
    assertThat(RspamdAddress.of(text).text()).isEqualTo(base);
    assertThat(RspamdAddress.of(text).command("checkv2")).hasToString(base + "/checkv2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rspamd",
        "rspamd:11333",
        "http://rspamd:0",
        "http://rspamd:70000",
        "http://rspamd/checkv2",
        "http://u:p@rspamd",
        "ftp://rspamd",
        "http://a_b",
      })
  void otherAddressesAreRefusedWithTheSetting(String text) {
    assertThatThrownBy(() -> RspamdAddress.of(text))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("milena.scanner.rspamd");
  }
}
