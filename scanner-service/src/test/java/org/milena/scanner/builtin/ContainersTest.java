package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.EICAR;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.text;
import static org.milena.scanner.scan.SampleMail.zip;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;

/** The test virus in every container, and what cannot be looked into. */
class ContainersTest {

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @TestFactory
  Stream<DynamicTest> findsTheTestVirusInEveryArchive() {
    return SampleArchives.with("test.bin", bytes(EICAR)).entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(scan(sample.getKey(), sample.getValue()))
                        .isInstanceOf(EngineVerdict.Infected.class)));
  }

  @TestFactory
  Stream<DynamicTest> callsEveryArchiveOfACleanFileClean() {
    return SampleArchives.with("test.txt", bytes("Dear Milena, it is late.")).entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(scan(sample.getKey(), sample.getValue()))
                        .isEqualTo(new EngineVerdict.Clean())));
  }

  @TestFactory
  Stream<DynamicTest> seesABlockedNameInEveryArchive() {
    return SampleArchives.with("holiday.scr", bytes("x")).entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(scan(sample.getKey(), sample.getValue()))
                        .isInstanceOfSatisfying(
                            EngineVerdict.Policy.class,
                            policy ->
                                assertThat(policy.objection()).isEqualTo(Objection.ATTACHMENT))));
  }

  @TestFactory
  Stream<DynamicTest> callsNoArchiveCleanThatIsCutOff() {
    return SampleArchives.with("test.txt", bytes("Dear Milena, it is late.")).entrySet().stream()
        .filter(sample -> !sample.getKey().endsWith(".Z")) // has no end of its own
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () -> {
                  byte[] whole = sample.getValue();
                  // before the middle, so that it is the file that is cut
                  int cut =
                      switch (sample.getKey()) {
                        case "odc.cpio" -> 90;
                        case "newc.cpio" -> 125;
                        default -> 520;
                      };
                  byte[] half = Arrays.copyOf(whole, Math.min(whole.length / 2, cut));
                  assertThat(scan(sample.getKey(), half))
                      .isInstanceOf(EngineVerdict.Unscannable.class);
                }));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 16})
  void looksIntoNestedArchives(int levels) throws NotScannedException {
    assertThat(scan("doll.zip", nested(levels))).isInstanceOf(EngineVerdict.Infected.class);
  }

  @Test
  void doesNotLookDeeperThanItsLimit() throws NotScannedException {
    assertThat(scan("doll.zip", nested(18)))
        .isEqualTo(new EngineVerdict.Unscannable("archives nested deeper than 17 levels"));
  }

  private static byte[] nested(int levels) {
    byte[] doll = bytes(EICAR);
    for (int level = 0; level < levels; level++) {
      doll =
          level % 3 == 1
              ? SampleArchives.packed("xz", doll)
              : level % 3 == 2 ? SampleArchives.ar("doll", doll) : zip("doll", doll);
    }
    return doll;
  }

  @Test
  void objectsToWhatIsEncrypted() throws NotScannedException {
    byte[] content = bytes("Dear Milena");
    assertEncrypted("a.zip", SampleArchives.zip("a.txt", 0, content, content, 1));
    assertEncrypted("a.rar", SampleArchives.rar4("a.txt", content, 4));
    assertEncrypted("a.rar", SampleArchives.rar5("a.txt", content, true));
    assertEncrypted(
        "a.7z", SampleArchives.sevenZip("a.txt", content, SevenZMethod.LZMA2, "password"));
    byte[] hidden = SampleArchives.rar4("a.txt", content, 0);
    hidden[10] |= (byte) 0x80; // the flag of the main header
    assertEncrypted("a.rar", hidden);
  }

  private void assertEncrypted(String name, byte[] archive) throws NotScannedException {
    assertThat(scan(name, archive))
        .as(name)
        .isInstanceOfSatisfying(
            EngineVerdict.Policy.class,
            policy -> assertThat(policy.objection()).isEqualTo(Objection.ENCRYPTED));
  }

  @Test
  void doesNotCallUnscannableWhatOnlyEnginesUnpack() throws NotScannedException {
    byte[] rar = SampleArchives.rar4("a.txt", bytes("packed"), 0);
    rar[7 + 13 + 25] = 0x33; // its method
    assertThat(scan("a.rar", rar)).isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void saysThatItCannotUndoACompression() throws NotScannedException {
    byte[] content = bytes("imploded");
    assertThat(scan("a.zip", SampleArchives.zip("a.txt", 6, content, content)))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void findsPartsUnderABoundaryThatNobodyAnnounced() throws NotScannedException {
    String part =
        "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64(EICAR);
    String plain = "Content-Type: text/plain\r\n\r\nhello\r\n";
    for (String body :
        new String[] {
          "\r\n--other\r\n" + part + "--other--\r\n",
          "\r\nwelcome\r\n--other\r\n" + plain + "--other\r\n" + part,
          "\r\n--b\r\n" + plain + "--b--\r\n\r\n--other\r\n" + part,
          "\r\n--b\r\n" + plain + "--b--\r\n" + part,
        }) {
      RawMessage wrong = mail("Content-Type: multipart/mixed; boundary=\"b\"\r\n" + body);
      assertThat(engine.scan(Specimen.probe(wrong)))
          .as(body)
          .isInstanceOf(EngineVerdict.Infected.class);
    }
    RawMessage none = mail("Content-Type: multipart/mixed\r\n\r\n--b\r\n" + part);
    assertThat(engine.scan(Specimen.probe(none))).isInstanceOf(EngineVerdict.Infected.class);
  }

  @Test
  void readsForwardedMessagesInArchives() throws NotScannedException {
    RawMessage inner = attachment("t.bin", "base64", base64(EICAR));
    assertThat(scan("a.zip", zip("mail.eml", bytes(text(inner)))))
        .isInstanceOf(EngineVerdict.Infected.class);
  }

  private EngineVerdict scan(String name, byte[] file) throws NotScannedException {
    return engine.scan(Specimen.probe(attached(name, file)));
  }

  private static RawMessage attached(String name, byte[] file) {
    return attachment(name, "base64", base64(file));
  }
}
