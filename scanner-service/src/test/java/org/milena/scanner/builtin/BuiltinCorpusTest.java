package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.scanner.AvCorpus;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real mail, mail that has broken parsers, and the antivirus samples against the built-in checks.
 */
class BuiltinCorpusTest {

  private static final Logger log = LoggerFactory.getLogger(BuiltinCorpusTest.class);

  /** Where scanners differ, or a policy decides. */
  private static final Map<String, Verdict> UNDECIDED =
      Map.of(
          // a field of a part stands behind the last boundary: lenient programs show the part
          "after-epilogue.eml", Verdict.INFECTED,
          // programs decode it, and so do we
          "body-inline-uuencode.eml", Verdict.INFECTED,
          // by the rule of the test file it must begin the file
          "html-comment.eml", Verdict.CLEAN,
          "plain-body-after-text.eml", Verdict.CLEAN,
          // message/partial, whatever is in it
          "partial-1-of-2.eml", Verdict.POLICY,
          "partial-2-of-2.eml", Verdict.POLICY,
          // nobody can look into it
          "zip-encrypted.eml", Verdict.POLICY);

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Test
  void hasAVerdictOnEveryTortureMessageAndKeepsBackOnlyTheseFew() throws NotScannedException {
    assertThat(notClean(Corpus.torture()))
        .containsOnly(
            // over the limits on purpose
            Map.entry("torture/horde-mime-fixtures-deeply_nested.eml", Verdict.UNSCANNABLE),
            Map.entry("torture/mlm-nested-100.eml", Verdict.UNSCANNABLE),
            Map.entry("torture/mlm-parts-20000.eml", Verdict.UNSCANNABLE),
            // message/partial
            Map.entry("torture/mimekit-partial-message-partial.0.eml", Verdict.POLICY),
            Map.entry("torture/mimekit-partial-message-partial.1.eml", Verdict.POLICY),
            Map.entry("torture/mimekit-partial-message-partial.2.eml", Verdict.POLICY),
            Map.entry("torture/mimekit-partial-rfc2046.0.eml", Verdict.POLICY),
            Map.entry("torture/mimekit-partial-rfc2046.1.eml", Verdict.POLICY),
            Map.entry("torture/stalwart-parser-thirdparty-009.eml", Verdict.POLICY),
            // an installer
            Map.entry("torture/rspamd-messages-next2last-digits_in_brackets.eml", Verdict.POLICY),
            Map.entry("torture/rspamd-messages-next2last-digits_in_parens.eml", Verdict.POLICY),
            Map.entry("torture/rspamd-messages-next2last-doublebad.eml", Verdict.POLICY), // .scr
            Map.entry("torture/spamscope-mails-mail_malformed_1.eml", Verdict.POLICY), // .jpg.exe
            // real macro viruses, in OOXML
            Map.entry("torture/spamassassin-spam-olevbmacro-macro.eml", Verdict.POLICY),
            Map.entry("torture/spamassassin-spam-olevbmacro-renamedmacro.eml", Verdict.POLICY),
            Map.entry("torture/spamassassin-spam-spam-hashbl.eml", Verdict.POLICY),
            // encrypted archives
            Map.entry("torture/spamassassin-spam-olevbmacro-zippwmacro.eml", Verdict.POLICY),
            Map.entry("torture/tika-test-documents-testRFC822_encrypted_zip.eml", Verdict.POLICY),
            // really holds the test virus
            Map.entry("torture/rspamd-messages-broken_richtext.eml", Verdict.INFECTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomoyo-users-en",
        "samba-technical-part1",
        "usrp-users-part1",
        "cocci",
        "linux-raid-part1"
      })
  void letsEveryMailOfRealListsPass(String list) throws NotScannedException {
    List<CorpusMessage> mails = Corpus.list(list);
    log.info("{}: {} mails, none may be objected to", list, mails.size());
    assertThat(notClean(mails)).isEmpty();
  }

  @Test
  void findsWhatTheCorpusCallsInfected() throws NotScannedException {
    Map<String, EngineVerdict> verdicts = new TreeMap<>();
    for (var message : AvCorpus.messages().entrySet()) {
      verdicts.put(message.getKey(), engine.scan(Specimen.probe(message.getValue())));
    }
    verdicts.forEach((name, verdict) -> log.info("{} {}", name, verdict));
    Map<String, Boolean> expected = AvCorpus.expected();
    expected.forEach((name, infected) ->
        assertThat(verdicts.get(name) instanceof EngineVerdict.Infected)
            .as(name)
            .isEqualTo(infected));
    Map<String, Verdict> undecided = new TreeMap<>();
    verdicts.forEach((name, verdict) -> {
      if (!expected.containsKey(name)) {
        undecided.put(name, verdict.verdict());
      }
    });
    log.info("{} as the corpus says, {} where it leaves it open", expected.size(), undecided);
    assertThat(undecided).isEqualTo(UNDECIDED);
  }

  private Map<String, Verdict> notClean(List<CorpusMessage> mails) throws NotScannedException {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (CorpusMessage mail : mails) {
      EngineVerdict verdict = engine.scan(Specimen.probe(mail.message()));
      if (verdict.verdict() != Verdict.CLEAN) {
        verdicts.put(mail.name(), verdict.verdict());
      }
    }
    assertThat(mails).isNotEmpty();
    return verdicts;
  }
}
