package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.zip;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.settings.ScanPolicy;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.Specimen;
import org.milena.scanner.scan.Word;
import org.milena.scanner.voting.ScanDecision;
import org.milena.scanner.voting.ScanDecision.Decided;
import org.milena.scanner.voting.Voting;

/** Several objections to one mail, down to what becomes of it. */
class ObjectionsTest {

  private static final byte[] ENCRYPTED = SampleArchives.zip("a.txt", 0, bytes("x"), bytes("x"), 1);
  private static final byte[] MACROS =
      zip("[Content_Types].xml", bytes("application/vnd.ms-word.document.macroEnabled.main+xml"));

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Test
  void whatAListTakesDoesNotHideWhatItDoesNot() throws NotScannedException {
    ScanPolicy policy =
        new ScanPolicy(
            0,
            null,
            ScanPolicy.Unscannable.KEEP,
            Passage.PASS,
            Passage.KEEP,
            Passage.KEEP,
            Passage.KEEP);
    assertThat(decide(policy, part("a.zip", ENCRYPTED) + part("a.docm", MACROS)))
        .isEqualTo(new Decided(Verdict.POLICY, Passage.KEEP));
    assertThat(decide(policy, part("a.docm", MACROS) + part("a.zip", ENCRYPTED)))
        .isEqualTo(new Decided(Verdict.POLICY, Passage.KEEP));
    assertThat(decide(policy, part("a.zip", ENCRYPTED)))
        .isEqualTo(new Decided(Verdict.POLICY, Passage.PASS));
  }

  @Test
  void whatCannotBeReadDoesNotHideWhatIsObjectedTo() throws NotScannedException {
    ScanPolicy policy =
        new ScanPolicy(
            1,
            null,
            ScanPolicy.Unscannable.ABSTAIN,
            Passage.PASS,
            Passage.PASS,
            Passage.KEEP,
            Passage.KEEP);
    byte[] whole = zip("a.txt", bytes("Dear Milena, it is late."));
    String damaged = part("a.zip", Arrays.copyOf(whole, 40));
    assertThat(decide(policy, damaged)).isEqualTo(new Decided(Verdict.CLEAN, Passage.PASS));
    assertThat(decide(policy, part("evil.exe", bytes("MZ")) + damaged))
        .isEqualTo(new Decided(Verdict.POLICY, Passage.KEEP));
    assertThat(decide(policy, damaged + part("evil.exe", bytes("MZ"))))
        .isEqualTo(new Decided(Verdict.POLICY, Passage.KEEP));
  }

  private ScanDecision decide(ScanPolicy policy, String parts) throws NotScannedException {
    EngineVerdict verdict =
        engine.scan(
            Specimen.probe(
                mail("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + "--b--\r\n")));
    Reading reading =
        new Reading(
            List.of(
                new Word.Said("builtin", Engine.Role.BUILTIN, "1", verdict),
                new Word.Said("other", Engine.Role.ANTIVIRUS, "1", new EngineVerdict.Clean())));
    return Voting.decide(reading, policy, Duration.ZERO);
  }

  private static String part(String name, byte[] content) {
    return "--b\r\nContent-Type: application/octet-stream; name=\""
        + name
        + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64(content);
  }
}
