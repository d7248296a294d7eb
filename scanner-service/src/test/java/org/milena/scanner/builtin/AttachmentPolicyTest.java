package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.uuencoded;
import static org.milena.scanner.scan.SampleMail.zip;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

class AttachmentPolicyTest {

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename=\"setup.exe\"",
        "filename=setup.exe",
        "filename=\"invoice.pdf.EXE\"",
        "filename=\"invoice.pdf            .exe\"",
        "filename=\"setup.exe. . \"",
        "filename=\"setup.exe::$DATA\"",
        "filename=\"..\\\\..\\\\setup.exe\"",
        "filename*=utf-8''setup%2Eexe",
        "filename*=utf-8''photo%E2%80%AEgpj%2Eexe",
        "filename*0=\"set\"; filename*1=\"up.e\"; filename*2=\"xe\"",
        "filename*0*=utf-8''setup%2E; filename*1*=exe",
        "filename=\"=?utf-8?B?c2V0dXAuZXhl?=\"",
        "filename==?utf-8?Q?setup=2Eexe?=",
        "filename=\"setup.txt\"; filename=\"setup.exe\"",
        "filename=\"readme.txt\"; filename*=utf-8''setup.exe",
        "filename=\"setup\uff0eexe\"",
        "filename=\"se\r\n tup.exe\"",
        "filename=\"setup.exe",
        "FileName = \"setup.exe\"",
      })
  void keepsBackProgramsHoweverTheirNameIsWritten(String parameter) throws NotScannedException {
    RawMessage message =
        RawMessage.wrap(
            new String(
                    attachment(
                            "application/octet-stream",
                            "Content-Disposition: attachment; NAME\r\n",
                            "base64",
                            base64("MZ"))
                        .unsafeBytes(),
                    StandardCharsets.UTF_8)
                .replace("NAME", parameter)
                .getBytes(StandardCharsets.UTF_8));
    assertThat(engine.scan(Specimen.probe(message))).isInstanceOf(EngineVerdict.Policy.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exe",
        "report.exe.txt",
        "example.community",
        "notes.txt",
        "archive.tar.gz",
        "a.c",
        ".profile"
      })
  void letsOtherNamesPass(String name) throws NotScannedException {
    assertThat(engine.scan(Specimen.probe(attachment(name, "7bit", "hello"))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void readsTheNameInTheTypeToo() throws NotScannedException {
    RawMessage message =
        attachment("application/x-thing; name=\"setup.exe\"", "", "base64", base64("MZ"));
    assertThat(engine.scan(Specimen.probe(message))).isInstanceOf(EngineVerdict.Policy.class);
  }

  @Test
  void readsTheNameOfUuencodedFiles() throws NotScannedException {
    assertThat(
            engine.scan(Specimen.probe(mail("\r\nsee below\r\n" + uuencoded("setup.exe", "MZ")))))
        .isInstanceOf(EngineVerdict.Policy.class);
  }

  @Test
  void looksAtNamesInArchivesWithAShorterList() throws NotScannedException {
    assertThat(scanZip("holiday.scr")).isInstanceOf(EngineVerdict.Policy.class);
    assertThat(scanZip("src/main.js")).isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void writesInvisibleCharactersAsEscapesInItsReason() throws NotScannedException {
    RawMessage message =
        attachment(
            "application/octet-stream",
            "Content-Disposition: attachment; filename*=utf-8''photo%E2%80%AEgpj%2Eexe\r\n",
            "base64",
            base64("MZ"));
    assertThat(engine.scan(Specimen.probe(message)).detail()).contains("photo\\u{202e}gpj.exe");
  }

  @Test
  void infectionIsWorseThanPolicy() throws NotScannedException {
    RawMessage message = attachment("setup.exe", "base64", base64(SampleMail.EICAR));
    assertThat(engine.scan(Specimen.probe(message)).verdict()).isEqualTo(Verdict.INFECTED);
  }

  @Test
  void canBeToldOtherExtensions() throws NotScannedException {
    var other =
        new BuiltinEngine(new AttachmentPolicy(Set.of(".PDF"), Set.of()), ScanLimits.DEFAULT);
    assertThat(other.scan(Specimen.probe(attachment("a.pdf", "7bit", "x"))))
        .isInstanceOf(EngineVerdict.Policy.class);
    assertThat(other.scan(Specimen.probe(attachment("a.exe", "7bit", "x"))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  private EngineVerdict scanZip(String name) throws NotScannedException {
    return engine.scan(
        Specimen.probe(attachment("a.zip", "base64", base64(zip(name, bytes("x"))))));
  }
}
