package org.milena.scanner.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.MailJson;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.testkit.corpus.Corpus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The cases of rspamd. What SPF and DKIM find is given by hand: here only DMARC is asked. */
class DmarcCorpusTest {

  private static final Logger log = LoggerFactory.getLogger(DmarcCorpusTest.class);

  /** RFC 9989 dropped {@code pct} (appendix C.5): with it the policy is one level lower. */
  private static final Map<String, String> OTHERWISE_BY_RFC_9989 =
      Map.of(
          "DMARC PCT ZERO REJECT", "fail, policy reject",
          "DMARC PCT ZERO SP QUARANTINE", "fail, policy quarantine");

  private static final Spf NO_SPF = new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "", "");

  @Test
  void agreesWithEveryCaseThatRfc9989DidNotChange() {
    JsonNode file = json();
    MapLookup names = dns(file);
    Map<String, String> results = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (JsonNode test : file.get("cases")) {
      String name = test.get("name").asString();
      results.put(name, shown(check(test, names)));
      expected.put(name, OTHERWISE_BY_RFC_9989.getOrDefault(name, test.get("expected").asString()));
    }
    log.info(
        "DMARC corpus: {} cases, {} as expected there, {} otherwise by RFC 9989: {}",
        results.size(),
        results.size() - OTHERWISE_BY_RFC_9989.size(),
        OTHERWISE_BY_RFC_9989.size(),
        OTHERWISE_BY_RFC_9989);
    assertThat(results).hasSize(8).isEqualTo(expected);
  }

  private static Dmarc check(JsonNode test, MapLookup names) {
    RawMessage message = RawMessage.wrap(bytes(test.get("file").asString()));
    boolean fromSpf = test.get("name").asString().equals("DMARC NONE PASS SPF");
    Spf spf =
        fromSpf
            ? new Spf(Result.PASS, Spf.Identity.MAIL_FROM, "spf.cacophony.za.org", "ip4")
            : NO_SPF;
    List<Signature> signatures =
        test.get("name").asString().equals("DMARC NONE PASS DKIM")
            ? List.of(
                new Signature(
                    Result.PASS, "cacophony.za.org", "dkim", "rsa-sha256", List.of(), true, ""))
            : List.of();
    return new DmarcChecker(names, InstantSource.system())
        .check(author(message), ReversePath.of("foo@example.net"), () -> spf, () -> signatures);
  }

  /** Two cases have an underscore in the domain of From, which is no host name. */
  private static AuthorDomain author(RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    String from = header.first("From").orElseThrow().value();
    return from.contains("zero_pct.com")
        ? new AuthorDomain.Known(from.substring(from.indexOf('@') + 1, from.indexOf('>')))
        : AuthorDomain.of(header);
  }

  private static String shown(Dmarc dmarc) {
    String result = dmarc.result().name().toLowerCase(Locale.ROOT);
    return dmarc.result() == Result.FAIL && dmarc.policy() != null
        ? result + ", policy " + dmarc.policy().name().toLowerCase(Locale.ROOT)
        : result;
  }

  private static MapLookup dns(JsonNode file) {
    var names = new MapLookup();
    for (JsonNode entry : file.get("dns")) {
      String name = entry.get("name").asString();
      if ("timeout".equals(entry.path("rcode").asString(""))) {
        names.trouble(name);
      }
      if (entry.get("type").asString().equals("TXT")) {
        entry.get("replies").forEach(reply -> names.txt(name, reply.asString()));
      }
    }
    return names;
  }

  private static JsonNode json() {
    return MailJson.mapper().readTree(bytes("cases.json"));
  }

  private static byte[] bytes(String file) {
    Path path = Corpus.root().resolve("auth").resolve("dmarc").resolve(file);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
