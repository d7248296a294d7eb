package org.milena.archive.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.importing.PostFrames.BadFrameException;
import org.milena.archive.importing.PostFrames.Frame;
import org.milena.common.mail.RawMessage;

class PostFramesTest {

  private static List<Frame> read(byte[] bytes, int maxSize) throws IOException {
    PostFrames frames = new PostFrames(new ByteArrayInputStream(bytes), maxSize);
    List<Frame> all = new ArrayList<>();
    for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void givesWhatWasWritten() throws IOException {
    byte[] bytes =
        new Framed()
            .add("", raw("A: b\r\n\r\n{\"size\":3}\n"))
            .add(
                ",\"place\":\"p\",\"receivedAt\":\"2009-07-02T10:00:00Z\",\"private\":true,"
                    + "\"urls\":[\"/a\"],\"keys\":[\"k\"]",
                raw("\0\n\377"))
            .add("", raw(""))
            .bytes();
    assertThat(read(bytes, 1000))
        .containsExactly(
            new Frame.Whole(
                new ForeignPost(
                    "message 1",
                    raw("A: b\r\n\r\n{\"size\":3}\n"),
                    null,
                    false,
                    List.of(),
                    List.of())),
            new Frame.Whole(
                new ForeignPost(
                    "p",
                    raw("\0\n\377"),
                    Instant.parse("2009-07-02T10:00:00Z"),
                    true,
                    List.of("/a"),
                    List.of("k"))),
            new Frame.Whole(
                new ForeignPost("message 3", raw(""), null, false, List.of(), List.of())));
  }

  @Test
  void passesOverWhatIsTooLarge() throws IOException {
    byte[] bytes = new Framed().add("", raw("12345")).add("", raw("1234")).bytes();
    assertThat(read(bytes, 4))
        .containsExactly(
            new Frame.TooLarge("message 1", 5),
            new Frame.Whole(
                new ForeignPost("message 2", raw("1234"), null, false, List.of(), List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From ann\n",
        "{}\n",
        "{\"size\":-1}\n",
        "{\"size\":\"x\"}\n",
        "{\"size\":1,\"sise\":2}\nx\n",
        "{\"size\":1}\nxy\n",
        "{\"size\":0,\"urls\":[\"http://x\"]}\n\n",
        "{\"size\":0,\"receivedAt\":\"yesterday\"}\n\n",
        "{\"size\":0,\"keys\":[null]}\n\n",
        "null\n"
      })
  void saysWhatIsWrong(String text) {
    assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), 100))
        .isInstanceOf(BadFrameException.class)
        .hasMessageStartingWith("Message 1 of this request ");
  }

  @Test
  void boundsItsLine() {
    assertThatThrownBy(() -> read(new byte[1 << 20], 100)).isInstanceOf(BadFrameException.class);
  }

  @Test
  void noticesEveryCut() {
    byte[] bytes = new Framed().add("", raw("A: b\n\nx")).bytes();
    for (int length = 1; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut, 100)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void survivesNoise() {
    Random random = new Random(7);
    byte[] good = new Framed().add("", raw("A: b\n\nx")).add(",\"place\":\"p\"", raw("yy")).bytes();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(read(bytes, 1000)).isNotNull();
      } catch (IOException e) {
        assertThat(e).isInstanceOfAny(BadFrameException.class, EOFException.class);
      }
    }
  }
}
