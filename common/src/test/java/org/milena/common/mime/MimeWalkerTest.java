package org.milena.common.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.RawMessage;

class MimeWalkerTest {
  private static final int KB = 1 << 10;

  /** Messages that a digest holds, each with so many lines of 64 octets in its text. */
  private static RawMessage digest(int messages, int lines) {
    String message =
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: one of many\r\n\r\n"
            + text(lines)
            + "\r\n";
    return RawMessage.wrap(
        ("Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + message.repeat(messages)
                + "--b--\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(int lines) {
    return ("x".repeat(62) + "\r\n").repeat(lines);
  }

  /** Around the sizes at which room is made for more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 1500, 2048, 4096, 6000, 20_000})
  void readsAttachedMessagesToTheirEnds(int lines) {
    List<String> texts = new ArrayList<>();
    List<String> defects =
        new MimeWalker(
                (header, content) -> {
                  if (!header.isMessage()) {
                    texts.add(new String(content.readAllBytes(), StandardCharsets.US_ASCII));
                  }
                  return true;
                })
            .walk(digest(3, lines));
    assertThat(defects).isEmpty();
    assertThat(texts).containsExactly(text(lines), text(lines), text(lines));
  }

  /** Room for each as for the whole would be a hundred times as much. */
  @Test
  void makesRoomForWhatAttachedMessagesAre() {
    RawMessage digest = digest(100, 66 * KB / 64);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    List<String> defects = new MimeWalker((_, _) -> true).walk(digest);
    long made = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(defects).isEmpty();
    assertThat(made).isLessThan(20L * digest.size());
  }
}
