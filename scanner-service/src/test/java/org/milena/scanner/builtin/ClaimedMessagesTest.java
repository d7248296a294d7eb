package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.EICAR;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.text;
import static org.milena.scanner.scan.SampleMail.zip;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;

/** What says that it is a message. */
class ClaimedMessagesTest {

  private static final byte[] MACROS =
      zip("[Content_Types].xml", bytes("application/vnd.ms-word.document.macroEnabled.main+xml"));

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {"message/rfc822", "message/global", "MESSAGE/RFC822", "message/external-body"})
  void goByTheirNamesLikeAnyFile(String type) throws NotScannedException {
    assertObjection(
        Objection.ATTACHMENT,
        attachment(type + "; name=\"evil.exe\"", "", "base64", base64("nothing")));
    assertObjection(
        Objection.ATTACHMENT,
        attachment(
            type,
            "Content-Disposition: attachment; filename=\"evil.exe\"\r\n",
            "7bit",
            "Subject: x\r\n\r\nhello\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message/rfc822",
        "message/global",
        "text/plain; name=\"a.eml\"",
        "message/rfc822; name=\"a.eml\""
      })
  void areFilesWhenTheyBeginAsFiles(String type) throws NotScannedException {
    String docm = "Content-Disposition: attachment; filename=\"a.docm\"\r\n";
    assertObjection(Objection.MACRO, attachment(type, docm, "base64", base64(MACROS)));
    assertObjection(Objection.MACRO, attachment(type, "", "base64", base64(MACROS)));
    String program = "MZ" + "\0".repeat(58) + "\u0040\0\0\0" + "PE\0\0" + "\0".repeat(200);
    assertObjection(Objection.ATTACHMENT, attachment(type, "", "base64", base64(program)));
    assertInfected(attachment(type, "", "base64", base64(EICAR)));
    assertInfected(attachment(type, "", "base64", base64(zip("a", bytes(EICAR)))));
  }

  @Test
  void areFilesInArchivesToo() throws NotScannedException {
    assertObjection(
        Objection.MACRO, attachment("a.zip", "base64", base64(zip("mail.eml", MACROS))));
    assertInfected(attachment("a.zip", "base64", base64(zip("mail.eml", bytes(EICAR)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message/rfc822", "message/global", "text/plain; name=\"a.eml\""})
  void areReadAsMessagesOtherwise(String type) throws NotScannedException {
    RawMessage inner = attachment("t.bin", "base64", base64(EICAR));
    assertInfected(attachment(type, "", "7bit", text(inner)));
    assertInfected(attachment(type, "", "base64", base64(text(inner))));
    RawMessage twice =
        attachment(type, "", "7bit", text(inner).replace("=\"b\"", "=i").replace("--b", "--i"));
    assertInfected(twice);
    assertObjection(
        Objection.ATTACHMENT,
        attachment(
            type, "", "base64", base64(text(attachment("evil.exe", "base64", base64("x"))))));
    assertThat(scan(attachment(type, "", "7bit", "Subject: x\r\n\r\nhello\r\n")))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void areTheDefaultOfADigest() throws NotScannedException {
    String inner = text(attachment("t.bin", "base64", base64(EICAR)));
    assertInfected(
        mail(
            "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\n"
                + "Subject: x\r\n\r\nhello\r\n--d\r\n\r\n"
                + inner
                + "\r\n--d--\r\n"));
  }

  private void assertObjection(Objection objection, RawMessage message) throws NotScannedException {
    assertThat(scan(message))
        .isInstanceOfSatisfying(
            EngineVerdict.Policy.class,
            policy -> assertThat(policy.objection()).isEqualTo(objection));
  }

  private void assertInfected(RawMessage message) throws NotScannedException {
    assertThat(scan(message)).isInstanceOf(EngineVerdict.Infected.class);
  }

  private EngineVerdict scan(RawMessage message) throws NotScannedException {
    return engine.scan(Specimen.probe(message));
  }
}
