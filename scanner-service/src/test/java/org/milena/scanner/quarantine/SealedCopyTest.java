package org.milena.scanner.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.exception.ZipException;
import net.lingala.zip4j.model.FileHeader;
import net.lingala.zip4j.model.enums.AesKeyStrength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.scan.SampleMail;

class SealedCopyTest {

  @TempDir Path folder;

  @Test
  void givesBackTheBytesForThePasswordAndForNoOther() throws IOException {
    MailId id = ReceivedMail.nextId();
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    for (RawMessage message :
        new RawMessage[] {
          SampleMail.mail("\r\n" + SampleMail.EICAR),
          RawMessage.wrap(large),
          RawMessage.wrap(new byte[0])
        }) {
      Path file = folder.resolve(SealedCopy.fileName(id));
      Files.write(file, sealed(id, message, "infected"));
      try (ZipFile zip = new ZipFile(file.toFile(), "infected".toCharArray())) {
        FileHeader entry = zip.getFileHeaders().getFirst();
        assertThat(zip.getFileHeaders()).hasSize(1);
        assertThat(entry.getFileName()).isEqualTo(id + ".eml");
        assertThat(entry.isEncrypted()).isTrue();
        assertThat(entry.getAesExtraDataRecord().getAesKeyStrength())
            .isEqualTo(AesKeyStrength.KEY_STRENGTH_256);
        try (InputStream in = zip.getInputStream(entry)) {
          assertThat(in.readAllBytes()).isEqualTo(message.toByteArray());
        }
      }
      try (ZipFile zip = new ZipFile(file.toFile(), "infectee".toCharArray())) {
        assertThatThrownBy(() -> zip.getInputStream(zip.getFileHeaders().getFirst()).readAllBytes())
            .isInstanceOf(ZipException.class);
      }
    }
  }

  @Test
  void nothingOfTheMailIsReadableInIt() throws IOException {
    byte[] copy =
        sealed(
            ReceivedMail.nextId(), SampleMail.mail("\r\n" + SampleMail.EICAR), "another-password");
    assertThat(new String(copy, StandardCharsets.ISO_8859_1))
        .doesNotContain("EICAR", "Subject", "another-password");
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    boolean[] closed = new boolean[1];
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int octet) {}

          @Override
          public void close() {
            closed[0] = true;
          }
        };
    SealedCopy.write(
        ReceivedMail.nextId(), Instant.EPOCH, SampleMail.mail("\r\nx"), "infected", out);
    assertThat(closed[0]).isFalse();
  }

  @Test
  void aPasswordIsWhatAHeaderCanCarry() {
    assertThat(SealedCopy.isPassword("infected")).isTrue();
    assertThat(SealedCopy.isPassword("~!p{}\"'")).isTrue();
    for (String no : new String[] {"", " ", "a b", "é", "a\n", "x".repeat(129)}) {
      assertThat(SealedCopy.isPassword(no)).as(no).isFalse();
    }
  }

  private static byte[] sealed(MailId id, RawMessage message, String password) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealedCopy.write(id, ReceivedMail.RECEIVED_AT, message, password, out);
    return out.toByteArray();
  }
}
