package org.milena.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.net.SmtpInput;
import org.milena.ingress.net.SmtpInput.MessageEnd;
import org.milena.testkit.script.Reply;

/** D-01 to D-14: nothing but CR LF . CR LF ends a message, and nothing but CR LF ends a line. */
class SmugglingTest {
  private static final String SMUGGLED =
      "MAIL FROM:<evil@ext.example>\r\nRCPT TO:<users@lists.example.org>\r\nDATA\r\n"
          + "Subject: smuggled\r\n\r\nx\r\n.\r\n";

  private final TestSite site = TestSite.start();

  @AfterEach
  void stop() {
    site.close();
  }

  static List<String> withBareLineEnds() {
    return List.of(
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\r.\n",
        "\n.\r",
        "\n\n",
        "\r\r\n.\r\n",
        "\n\r\n.\r\n",
        "\r\n\r.\r\n",
        "\r\n.\r\r\n",
        "\r\n..\n");
  }

  @ParameterizedTest
  @MethodSource("withBareLineEnds")
  void closesForABareLineEnd(String vector) throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      client.data();
      client.send("Subject: first\r\n\r\nx" + vector + SMUGGLED);
      assertThat(client.reply().last()).startsWith("550 5.5.2");
      assertThat(client.replyOrEnd()).isNull();
    }
    assertThat(site.publisher.mails()).isEmpty();
  }

  /** D-11: also when nothing is stored any more. */
  @ParameterizedTest
  @MethodSource("withBareLineEnds")
  void closesForABareLineEndBeyondTheLimitToo(String vector) {
    var size = new long[1];
    byte[] octets = ("y".repeat(70_000) + vector + SMUGGLED).getBytes(ISO_8859_1);

    assertThat(message(octets, octets.length, size)).isEqualTo(MessageEnd.BARE_LINE_END);
  }

  @ParameterizedTest
  @MethodSource("withNul")
  void aNulIsNoDotAndNoLineEnd(String vector) throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      client.data();
      client.send("Subject: first\r\n\r\nx" + vector + SMUGGLED);
      SmtpClient.expect(250, client.reply());
      SmtpClient.expect(250, client.command("NOOP"));
    }
    assertThat(new String(site.publisher.only().sent(), ISO_8859_1)).contains("Subject: smuggled");
  }

  static List<String> withNul() {
    return List.of("\r\n\0.\r\n", "\r\n.\0\r\n");
  }

  /** D-12, and every other place: how octets are cut into segments changes nothing. */
  @Test
  void segmentsChangeNothing() {
    String text = "Subject: x\r\n\r\n.\u0001..\r\n..\r\nx\r\n...y\r\n\r\n.\r\nQUIT\r\n";
    byte[] octets = text.getBytes(ISO_8859_1);
    byte[] whole = read(octets, octets.length);
    assertThat(new String(whole, ISO_8859_1))
        .isEqualTo("Subject: x\r\n\r\n\u0001..\r\n.\r\nx\r\n..y\r\n\r\n");
    for (int first = 1; first < octets.length; first++) {
      for (int second : new int[] {1, 2, 3, octets.length}) {
        assertThat(read(octets, first, second)).as("%s, %s", first, second).isEqualTo(whole);
      }
    }
    for (String vector : withBareLineEnds()) {
      byte[] bad = ("a" + vector + "b\r\n.\r\n").getBytes(ISO_8859_1);
      for (int first = 1; first < bad.length; first++) {
        assertThat(message(bad, first, new long[1])).isEqualTo(MessageEnd.BARE_LINE_END);
      }
    }
  }

  @Test
  void theEndMayComeInFiveSegments() throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      client.data();
      client.send("Subject: x\r\n\r\nx");
      for (String octet : new String[] {"\r", "\n", ".", "\r"}) {
        client.send(octet);
        client.peer().socket().getOutputStream().flush();
      }
      assertThat(site.publisher.mails()).isEmpty();
      client.send("\n");
      SmtpClient.expect(250, client.reply());
      Reply next = client.command("NOOP");
      SmtpClient.expect(250, next);
    }
    assertThat(site.publisher.mails()).hasSize(1);
  }

  /** Reads in segments of this first size and then of that. */
  private static byte[] read(byte[] octets, int... sizes) {
    var out = new ByteArrayOutputStream();
    var input = new SmtpInput(new Segments(octets, sizes));
    try {
      assertThat(input.message(out::write, Long.MAX_VALUE)).isEqualTo(MessageEnd.COMPLETE);
      assertThat(input.line(100, true)).hasToString("Text[text=QUIT, octets=6]");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static MessageEnd message(byte[] octets, int first, long[] size) {
    var input = new SmtpInput(new Segments(octets, first, octets.length));
    try {
      return input.message((_, _, length) -> size[0] += length, Long.MAX_VALUE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Segments implements SmtpInput.Source {
    private final byte[] octets;
    private final int[] sizes;
    private int reads;
    private int at;

    Segments(byte[] octets, int... sizes) {
      this.octets = octets;
      this.sizes = sizes;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at == octets.length) {
        return -1;
      }
      int size = sizes[Math.min(reads++, sizes.length - 1)];
      int count = Math.min(Math.min(size, length), octets.length - at);
      System.arraycopy(octets, at, into, from, count);
      at += count;
      return count;
    }
  }
}
