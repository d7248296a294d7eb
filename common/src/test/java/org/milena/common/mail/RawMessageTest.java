package org.milena.common.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RawMessageTest {

  @Test
  void keepsItsOwnOctets() {
    byte[] source = "A: b\r\n\r\nc".getBytes(US_ASCII);
    var message = RawMessage.copyOf(source);
    source[0] = 'X';
    message.toByteArray()[0] = 'Y';
    assertThat(message.toByteArray()).asString(US_ASCII).isEqualTo("A: b\r\n\r\nc");
    assertThat(message.asByteBuffer().isReadOnly()).isTrue();
    assertThat(message.asByteBuffer().remaining()).isEqualTo(message.size()).isEqualTo(9);
  }

  @Test
  void ownsAWrappedArrayWithoutACopy() {
    byte[] source = {1, 2};
    assertThat(RawMessage.wrap(source).unsafeBytes()).isSameAs(source);
  }

  @Test
  void isEqualByContent() {
    var one = RawMessage.wrap(new byte[] {1, 2});
    var same = RawMessage.copyOf(new byte[] {1, 2});
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one).isNotEqualTo(RawMessage.wrap(new byte[] {2, 1}));
  }

  @Test
  void knowsItsDigest() {
    assertThat(RawMessage.wrap(new byte[0]).sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(RawMessage.wrap("abc".getBytes(US_ASCII)).sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void writesItself() throws IOException {
    var out = new ByteArrayOutputStream();
    RawMessage.wrap(new byte[] {1, 0, -1}).writeTo(out);
    assertThat(out.toByteArray()).containsExactly(1, 0, -1);
  }

  @Test
  void tellsNoContentToLogs() {
    assertThat(RawMessage.wrap("secret".getBytes(US_ASCII))).hasToString("RawMessage[6 octets]");
  }
}
