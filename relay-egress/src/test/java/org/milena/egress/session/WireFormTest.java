package org.milena.egress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;

class WireFormTest {

  private static String wire(String message) throws WireException {
    Recorder recorder = new Recorder();
    WireForm.of(RawMessage.wrap(message.getBytes(StandardCharsets.ISO_8859_1)))
        .writeTo(recorder, 7, () -> {});
    return recorder.text();
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    "x\\r\\n, x\\r\\n.\\r\\n",
    "x, x\\r\\n.\\r\\n",
    ".x\\r\\n, ..x\\r\\n.\\r\\n",
    "a\\r\\n.\\r\\nb\\r\\n, a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
    "a\\r\\n..b, a\\r\\n...b\\r\\n.\\r\\n",
    // outbound smuggling: nothing but CRLF may look like a line end to anybody on the way
    "a\\n.\\nQUIT\\n, a . QUIT \\r\\n.\\r\\n",
    "a\\n.\\r\\nb\\r\\n, a .\\r\\nb\\r\\n.\\r\\n",
    "a\\r\\n.\\nb\\r\\n, a\\r\\n.. b\\r\\n.\\r\\n",
    "a\\r.\\rb\\r\\n, a . b\\r\\n.\\r\\n",
    "a\\r\\r\\n.\\r\\n, a \\r\\n..\\r\\n.\\r\\n",
    "a\\n\\r\\n, a \\r\\n.\\r\\n",
    "a\\r\\n\\r, a\\r\\n \\r\\n.\\r\\n",
  })
  void isWhatMayStandOnTheWire(String message, String wire) throws WireException {
    assertThat(wire(unescape(message))).isEqualTo(unescape(wire));
  }

  @Test
  void ofNothingIsTheDot() throws WireException {
    assertThat(wire("")).isEqualTo(".\r\n");
  }

  @Test
  void putsLinesOfOneCopyInAndKeepsTheFormForTheNext() throws WireException {
    for (String message : List.of("a\r\n.b\r\nc\r\n", "a\r\nb\r\nc\r\n", "a\r\n.b\r\n.c")) {
      RawMessage raw = raw(message);
      int second = message.indexOf("\r\n") + 2;
      int third = message.indexOf("\r\n", second) + 2;
      WireForm form = WireForm.of(raw, List.of(second, second, third));
      WireForm filled = form.filled(List.of(raw("x=\r\n"), raw(""), raw("yyyyyyyyyy=\r\n")));
      String copy =
          message.substring(0, second)
              + "x=\r\n"
              + message.substring(second, third)
              + "yyyyyyyyyy=\r\n"
              + message.substring(third);
      assertThat(wire(filled)).isEqualTo(wire(copy));
      assertThat(filled.messageSize()).isEqualTo(copy.length());
      assertThat(wire(form)).isEqualTo(wire(message));
    }
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String wire(WireForm form) throws WireException {
    Recorder recorder = new Recorder();
    form.writeTo(recorder, 7, () -> {});
    return recorder.text();
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  /** Every message of up to six of these pieces. */
  @Test
  void endsOnceAndHasNoStrayLineEnds() throws WireException {
    for (String message : all(List.of("\r", "\n", "\r\n", ".", "x", "\u00e4"), 6)) {
      String wire = wire(message);
      assertThat(wire.replace("\r\n", "").chars().noneMatch(c -> c == '\r' || c == '\n')).isTrue();
      assertThat(("\r\n" + wire).indexOf("\r\n.\r\n")).isEqualTo(wire.length() - 3);
    }
  }

  @Test
  void readsAsTheSameMessageWhenItWasWellFormed() throws WireException {
    for (String lines : all(List.of("\r\n", ".", "x"), 7)) {
      String message = lines + "\r\n";
      String wire = wire(message);
      String unstuffed =
          ("\r\n" + wire.substring(0, wire.length() - 3)).replace("\r\n.", "\r\n").substring(2);
      assertThat(unstuffed).isEqualTo(message);
    }
  }

  private static List<String> all(List<String> pieces, int most) {
    List<String> all = new ArrayList<>(List.of(""));
    List<String> longest = all;
    for (int length = 1; length <= most; length++) {
      List<String> longer = new ArrayList<>();
      for (String start : longest) {
        for (String piece : pieces) {
          longer.add(start + piece);
        }
      }
      longest = longer;
      all = Stream.concat(all.stream(), longer.stream()).toList();
    }
    return all;
  }

  private static final class Recorder implements Wire {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    String text() {
      return octets.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      octets.write(from, offset, length);
    }

    @Override
    public void flush() {
      // all is there
    }

    @Override
    public int read(byte[] into) {
      return -1;
    }

    @Override
    public void within(Duration time) {
      // has all the time
    }

    @Override
    public void encrypt() {
      throw new AssertionError("not asked for");
    }

    @Override
    public boolean encrypted() {
      return false;
    }

    @Override
    public void close() {
      // nothing to close
    }
  }
}
